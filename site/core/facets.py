from collections.abc import Hashable


class Facets(list):
    """The filters of a list with their counts, and a `key` that names all they depend on: whoever
    asks with the same key sees the same boxes."""

    def __init__(self, facets: list[dict], key: Hashable) -> None:
        super().__init__(facets)
        self.key = key
