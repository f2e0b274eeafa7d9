"""Text held in French and Dutch, outside the page tree."""

from core.language import current_language


class Bilingual:
    """Reads a pair of fields `<name>_fr`, `<name>_nl` in the page's language.

    A class lists its pairs in `bilingual = ("name", …)`; each becomes a property. The other
    language answers when one is empty: text in the wrong language beats no text.
    """

    bilingual: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        for name in cls.__dict__.get("bilingual", ()):
            setattr(cls, name, property(_reader(name)))

    def said(self, name: str) -> dict:
        """The text of a pair and the language it is really in: `{"text", "lang", "other"}`;
        `other` is true when it is not the page's language."""
        wanted = current_language()
        other = "fr" if wanted == "nl" else "nl"
        if text := getattr(self, f"{name}_{wanted}"):
            return {"text": text, "lang": wanted, "other": False}
        text = getattr(self, f"{name}_{other}")
        return {"text": text, "lang": other, "other": bool(text)}


def _reader(name: str):
    def read(self) -> str:
        languages = ("nl", "fr") if current_language() == "nl" else ("fr", "nl")
        return next(
            (text for code in languages if (text := getattr(self, f"{name}_{code}"))),
            "",
        )

    read.__doc__ = f"`{name}` in the page's language, in the other one when it is empty."
    return read
