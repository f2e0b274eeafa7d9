"""A public server. It refuses to start when unsafe, and says every reason at once."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.env import VAR, env
from config.settings.base import *

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]


def refusals() -> list[str]:
    """Every reason not to start, in French, each naming the variable to set."""
    reasons = []
    if DEBUG:
        reasons.append("DEBUG est actif : les pages d’erreur montreraient le code et les secrets.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        reasons.append("SECRET_KEY manque ou compte moins de 50 caractères variés.")
    if not ALLOWED_HOSTS or any(host.strip() in {"*", "."} for host in ALLOWED_HOSTS):
        reasons.append(
            "ALLOWED_HOSTS doit nommer le ou les domaines du portail, sans « * » : "
            "sinon un courriel de mot de passe peut porter l’adresse d’un attaquant."
        )
    url = urlsplit(PUBLIC_URL)
    if url.scheme != "https" or not url.hostname or url.path not in {"", "/"}:
        reasons.append("PUBLIC_URL doit être l’adresse publique, en https, sans chemin.")
    elif ALLOWED_HOSTS and not any(
        url.hostname == host or (host.startswith(".") and url.hostname.endswith(host))
        for host in ALLOWED_HOSTS
    ):
        reasons.append("PUBLIC_URL doit utiliser un domaine de ALLOWED_HOSTS.")
    if "EMAIL_URL" not in env.ENVIRON:
        reasons.append("EMAIL_URL manque : le portail doit pouvoir envoyer les mots de passe.")
    elif EMAIL_BACKEND == "core.mail_folder.FolderBackend":
        reasons.append(
            "EMAIL_URL mène à un dossier : personne ne recevrait ses courriels, "
            "et la coordination lirait ceux des autres."
        )
    if "MAIL_FROM" not in env.ENVIRON:
        reasons.append("MAIL_FROM manque : l’adresse d’expédition des courriels.")
    if "TRUSTED_PROXY_COUNT" not in env.ENVIRON:
        reasons.append(
            "TRUSTED_PROXY_COUNT manque : sans le nombre de serveurs placés devant, "
            "un seul visiteur pourrait bloquer la connexion de tous (0 s’il n’y en a pas)."
        )
    if CACHES["default"]["BACKEND"].endswith(("locmem.LocMemCache", "dummy.DummyCache")):
        reasons.append("CACHE_URL doit être partagé entre les processus (fichier ou Redis).")
    if not VAR.is_absolute():
        reasons.append("MAILLAGE_VAR doit être un chemin absolu.")
    return reasons


if reasons := refusals():
    raise ImproperlyConfigured(
        "Le portail refuse de démarrer :\n" + "\n".join(f"- {reason}" for reason in reasons)
    )
