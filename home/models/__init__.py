from home.models.contact import ContactMessage
from home.models.home import HomePage
from home.models.news import NewsIndexPage, NewsPage
from home.models.standard import StandardPage
from home.models.statement import AccessibilityPage, PrivacyPage

__all__ = [
    "AccessibilityPage",
    "ContactMessage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PrivacyPage",
    "StandardPage",
]
