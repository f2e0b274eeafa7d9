"""A message sent twice at the very same moment."""

import pytest
from django.core import mail

from core.models import NetworkSettings
from home.models import ContactMessage
from home.services.contact import receive_message
from home.services.network import build_network
from tests.directory.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_is_one_message_with_its_receipts_once():
    network = build_network(host="testserver", port=80, name="Réseau")
    NetworkSettings.objects.update(email="reseau@essai.example")
    results = []

    def send() -> None:
        message = ContactMessage(
            site=network.site,
            subject="help",
            text="Bonjour",
            email="a@essai.example",
            once="la-meme",
        )
        results.append(receive_message(message=message, limited=False).pk)

    at_once(send, send)
    assert results == [ContactMessage.objects.get().pk] * 2
    assert len(mail.outbox) == 2
