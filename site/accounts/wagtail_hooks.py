from wagtail import hooks

from accounts.viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def people_viewsets() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()
