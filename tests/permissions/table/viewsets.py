"""The addresses that Wagtail gives to a whole viewset of the admin."""


def viewset(name: str, *, copied: bool = True, inspected: bool = False) -> set[str]:
    """Those of a model; `copied` and `inspected` say which of Wagtail's two extras it has."""
    views = {"add", "delete", "edit", "history", "history_results", "index", "index_results"}
    views |= {"usage"} | ({"copy"} if copied else set()) | ({"inspect"} if inspected else set())
    return {f"{name}:{view}" for view in views}


def chooser(name: str) -> set[str]:
    views = {"choose", "choose_results", "chosen", "chosen_multiple"}
    return {f"{name}:{view}" for view in views}
