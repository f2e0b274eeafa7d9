"""Whatever is typed in a field gives a message or a clean value, never an error."""

import unicodedata

import pytest
from django.urls import reverse

from coordination.directory.models import ErrorReport, Organisation
from tests.directory.conftest import typed
from tests.people import Role

pytestmark = pytest.mark.django_db

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "template": "{{ request.user }}{% debug %}",
    "sql": "'; DROP TABLE directory_organisation; --",
    "bidi": "\u202eevil\u202c \u2066x\u2069",
    "zero-width": "pa\u200bss\u200c\ufeff",
    "long": "x" * 100_000,
    "long lines": "ligne\n" * 20_000,
    "word": "\uf0b7\tPremier\r\n\uf0b7\tDeuxième\x0b\u2028fin",
    "emoji": "👩🏽\u200d⚕️ 🇧🇪 ❤️",
    "nul": "a\x00b",
    "surrogate": "a\udc80b",
    "combining": "e" + "\u0301" * 500,
    "formula": '=HYPERLINK("http://x","y")',
    "percent": "%s %(name)s {0} \\u0000",
    "address": "javascript:alert(1)",
}
# Free words are sent together, what has a form of its own one by one.
WORDS = [
    *("name", "acronym", "kind_label", "summary_fr", "summary_nl", "services_fr", "services_nl"),
    *("for_whom_fr", "for_whom_nl", "conditions_fr", "conditions_nl", "hours_fr", "hours_nl"),
    *("note_fr", "note_nl", "address", "consent"),
    *("contacts-0-function_fr", "contacts-0-function_nl"),
]
SHAPED = [
    *("phone", "email", "website", "contacts-0-phone", "contacts-0-email"),
    *("kind", "themes", "territory", "also_active", "languages", "audience", "version"),
    *("contacts-0-pk", "contacts-0-position", "contacts-0-audience", "contacts-0-holder"),
    *("contacts-TOTAL_FORMS", "contacts-INITIAL_FORMS"),
]


def is_clean(text: str) -> bool:
    return (
        all(unicodedata.category(c)[0] != "C" or c in "\n\u200d" for c in text)
        and "\u202e" not in text
    )


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_field_of_the_record_breaks(clients, organisation, attack):
    url = reverse("directory:organisation_edit", args=[organisation.slug])
    attack = attack.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name, fields in [("words", WORDS), *((field, [field]) for field in SHAPED)]:
        data = typed(organisation, **dict.fromkeys(fields, attack))
        response = clients[Role.REPRESENTATIVE].post(url, data)
        assert response.status_code in {302, 409, 422}, name
        now = Organisation.objects.get(pk=organisation.pk)
        for field in Organisation._meta.concrete_fields:
            value = getattr(now, field.attname)
            if isinstance(value, str):
                assert is_clean(value), name
                if field.max_length:
                    assert len(value) <= field.max_length, name
    for role in (Role.VISITOR, Role.REPRESENTATIVE):
        page = clients[role].get(organisation.url)
        assert page.status_code == 200
        for dangerous in ("<script>alert", 'href="javascript:', "onmouseover='alert(1)' x=\""):
            assert dangerous not in page.content.decode()
    for url in ("/repertoire.csv", "/repertoire.json", "/repertoire/imprimer/"):
        assert clients[Role.VISITOR].get(url).status_code == 200


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_report_of_an_error_takes_anything(clients, organisation, attack):
    attack = attack.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    url = reverse("directory:organisation_report", args=[organisation.slug])
    response = clients[Role.VISITOR].post(url, {"text": attack})
    assert response.status_code in {302, 422}
    if response.status_code == 302:
        report = ErrorReport.objects.get()
        assert is_clean(report.text)
        page = clients[Role.VISITOR].get(response.url).content.decode()
        assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query",
    ["%00", "q=%00&vue=x", "commune=" + "x" * 5000, "voisines=1&voisines=2", "page=-1", "page=%F0"],
)
def test_list_and_its_exports_take_any_query(clients, organisation, query):
    for path in ("/repertoire/", "/repertoire.csv", "/repertoire.json", "/repertoire/imprimer/"):
        assert clients[Role.VISITOR].get(f"{path}?{query}").status_code == 200
