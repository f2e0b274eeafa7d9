"""A person to forget, and what the database still says."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from accounts.models import (
    User,
)
from accounts.services.deletion import delete_account

NAME, FUNCTION, ADDRESS = "Wvexlune", "Zqobrit", "kwanzift@essai.example"
OTHER_ADDRESS = "plodrenk@essai.example"
SECRETS = ("wvexlune", "zqobrit", "kwanzift", "plodrenk")
PASSWORD = "mot-de-passe-essai"
URL = "/compte/supprimer/"


def everything_stored() -> str:
    """Every text there is in the database, in lower case."""
    texts = []
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for model in apps.get_models(include_auto_created=True):
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        if names and not model._meta.proxy:
            texts += [str(row) for row in model._base_manager.values_list(*names)]
    for session in Session.objects.all():
        texts.append(str(session.get_decoded()))
    return "\n".join(texts).lower()


def delete(user: User, actor: User | None = None) -> None:
    delete_account(actor=User.objects.get(pk=(actor or user).pk), user=user)
