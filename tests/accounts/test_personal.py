"""Nothing that points at a person is forgotten: it is in the copy of their data, or there is a
reason."""

from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.models import Page

from accounts.personal import personal_data, without

# What is not in a copy, and why.
LEFT_OUT = {
    "accounts.User_groups.user": "follows from the memberships, on each visit to the admin",
    "accounts.User_user_permissions.user": "nobody has permissions of their own",
    "core.PageCheck.checked_by": "told among the actions of the log (groupes.check)",
    "schedule.Event.creator": "never set: agenda.Event.proposed_by says who proposed an event",
    "welcome.Charter.published_by": "each version is an action of the log (welcome.charter)",
    "wagtailadmin.EditingSession.user": "lasts a minute, says that somebody has a page open",
    "wagtailadmin.FormState.user": "a preview, cleared within days",
    "wagtailcore.Comment.resolved_by": "a click on somebody else's words; the action is logged",
    "wagtailcore.PageSubscription.user": "whether one follows the comments of a page",
    "wagtailcore.Revision.user": "each version is an action of the log",
    "wagtailcore.TaskState.finished_by": "each decision is an action of the log",
    "wagtailcore.UploadedFile.uploaded_by_user": "a file on its way to becoming a document",
    "wagtailcore.WorkflowState.requested_by": "each submission is an action of the log",
    "wagtail_localize.SegmentOverride.last_translated_by": "a translation is an action of the log",
    "wagtail_localize.StringTranslation.last_translated_by": "a translation is an action too",
    "wagtaildocs.Document.uploaded_by_user": "not used: documents are core.PortalDocument",
    "wagtailimages.Image.uploaded_by_user": "not used: images are core.PortalImage",
}
OF_PAGES = {"owner", "locked_by"}  # who made a page and who works on it: actions of the log


def pointers() -> set[str]:
    """Every foreign key to a person, « app.Model.field »."""
    person = get_user_model()
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not field.is_relation or not field.concrete or field.many_to_many:
                continue
            if field.related_model is person and not (
                issubclass(model, Page) and field.name in OF_PAGES
            ):
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_whatever_points_at_a_person_is_in_the_copy_or_has_a_reason():
    covered = {key for data in personal_data() for key in data.covers}
    assert pointers() - covered - LEFT_OUT.keys() == set()
    assert covered - pointers() == set(), "covers what does not exist"
    assert LEFT_OUT.keys() - pointers() == set(), "a reason for what does not exist"
    assert covered & LEFT_OUT.keys() == set()


def test_an_address_is_found_whole_and_in_any_capitals():
    gone = {"Ana@Essai.example"}
    said = {"a": ["De ana@essai.EXAMPLE, à joana@essai.example"], "b": 12}
    assert without(said, gone) == {"a": ["De , à joana@essai.example"], "b": 12}
    assert without("ana@essai.example.be", gone) != ""
    assert without("Rien", []) == "Rien"
