"""What a moderator's approval sets off.

Imported by Wagtail's models while they load (`WAGTAIL_FINISH_WORKFLOW_ACTION`): imports none.
"""


def publish_approved(workflow_state, user=None) -> None:
    """Put the approved revision online, in the moderator's name.

    The approval is the permission: a moderator holds none on the pages, and Wagtail's own
    function asks for one.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
