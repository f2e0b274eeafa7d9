"""The account of a person: an address, a function, a language."""

import re
import unicodedata

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Bilingual
from core.text import fold

# The letters of Belgian domain names beside a to z (DNS Belgium, « noms de domaine accentués »).
# Other alphabets hold letters that look like ours: « аmi » with a Cyrillic a.
DOMAIN = re.compile(r"[a-z0-9.ß-öø-ÿœ-]+")
LOCAL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+")
# What a person is found by.
WORDS = {"function_fr", "function_nl", "first_name", "last_name", "email"}
MAX_ADDRESS = 254  # characters, RFC 5321


def clean_email(email: str) -> str:
    """One spelling per address: compatibility characters folded, invisible ones and outer spaces
    gone, lower case, accents of the domain written as such."""
    visible = (c for c in unicodedata.normalize("NFKC", email) if unicodedata.category(c) != "Cf")
    email = unicodedata.normalize("NFKC", "".join(visible).lower()).strip()
    local, at, domain = email.rpartition("@")
    return f"{local}{at}{'.'.join(_as_written(label) for label in domain.split('.'))}"


def _as_written(label: str) -> str:
    """A part of a domain in the letters that people read, when it comes in its ASCII form."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def validate_address(email: str) -> None:
    """Refuse a cleaned address that could be taken for another, or that no mail server takes."""
    local, _at, domain = email.rpartition("@")
    written = LOCAL.fullmatch(local) and DOMAIN.fullmatch(domain)
    if not written or len(email) > MAX_ADDRESS or "xn--" in domain:
        raise ValidationError(
            gettext("Cette adresse a une lettre d’un autre alphabet, ou elle est trop longue.")
        )
    validate_email(email)


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account; without a password, its owner asks for one by e-mail."""
        user = self.model(email=clean_email(email), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=clean_email(email))


class User(Bilingual, AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. What they may do is in their memberships, never here."""

    bilingual = ("function",)

    email = models.EmailField(
        _("adresse électronique"),
        unique=True,
        error_messages={"unique": _("Un compte existe déjà avec cette adresse.")},
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True, default="")
    last_name = models.CharField(_("nom"), max_length=80, blank=True, default="")
    function_fr = models.CharField(
        _("fonction en français"), max_length=120, blank=True, default=""
    )
    function_nl = models.CharField(
        _("fonction en néerlandais"), max_length=120, blank=True, default=""
    )
    is_active = models.BooleanField(
        _("peut se connecter"),
        default=True,
        help_text=_("Décocher pour fermer le compte sans effacer ce que la personne a écrit."),
    )
    language = models.CharField(
        _("langue"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("Celle des courriels que la personne reçoit."),
    )
    has_unread = models.BooleanField(default=False, editable=False)
    second_factor_by = models.DateField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    date_joined = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            ),
            # Nobody stands above the visibility rule: offices are memberships.
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="accounts_user_no_superuser"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        self.email = clean_email(self.email)
        try:
            validate_address(self.email)
        except ValidationError as error:
            raise ValidationError({"email": error.messages}) from error

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keep what is found by words, and the row of the address, in step with the account."""
        from accounts.addresses import keep_in_step  # allauth's models need this one first

        names = (self.function_fr, self.function_nl, self.first_name, self.last_name, self.email)
        self.search_text = "" if self.deleted_at else fold(" ".join(names))
        if update_fields is not None and set(update_fields) & WORDS:
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or "email" in update_fields:
            keep_in_step(self)

    @property
    def display_name(self) -> str:
        """The function, or the name, or the address: whichever is known first. Of a deleted account
        nothing is known."""
        if self.deleted_at:
            return gettext("Compte supprimé")
        return self.function or f"{self.first_name} {self.last_name}".strip() or self.email

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.first_name or self.display_name
