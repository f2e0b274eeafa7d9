from django.core.paginator import Page, Paginator

PER_PAGE = 24


def page_of(
    items, number: str | None, per_page: int = PER_PAGE, *, count: int | None = None
) -> Page:
    """One page of a list, with the `numbers` to show around it. A number that makes no sense gives
    the first or the last page. `count` is the length of the list when it is known already."""
    text = (number or "1").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        text = "1"
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    page = paginator.get_page(int(text))
    page.numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page
