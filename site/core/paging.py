from django.core.paginator import Page, Paginator

PER_PAGE = 24


def page_of(items, number: str | None, per_page: int = PER_PAGE) -> Page:
    """One page of a list. A number that makes no sense gives the first or the last page."""
    text = (number or "1").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        text = "1"
    return Paginator(items, per_page).get_page(int(text))
