from wagtail import hooks

from coordination.directory.viewsets import DirectoryViewSetGroup


@hooks.register("register_admin_viewset")
def directory_viewsets() -> DirectoryViewSetGroup:
    return DirectoryViewSetGroup()
