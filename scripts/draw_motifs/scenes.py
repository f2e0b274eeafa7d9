"""The street, its corner, and the pictures for news."""

from drawing import Drawing, box, disc, n
from palette import DAY, NIGHT


def street(palette: dict) -> str:
    """The frieze of the home page: one tile of 1440, its ground at 246."""
    d, g = Drawing(palette), 246
    x = 10
    x = d.house(x, g, 96, 52, wall="brick", crown="step", door="warp")
    x = d.house(x, g, 86, 32, wall="plaster", crown="mansard", door="thread1", floors=2)
    x = d.house(x, g, 99, 60, wall="sage", crown="arch", door="thread3")
    d.tree(x + 31, g, 25, 29)
    d.lamp(x + 66, g)
    x = d.house(x + 88, g, 75, 43, wall="plaster", crown="slate", door="thread0", bays=2)
    x = d.house(x, g, 97, 58, wall="brick", crown="mansard", door="warp", shop="thread2")
    d.tree(x + 29, g, 30, 35, "leaf2")
    d.table(x + 60, g)
    d.liner(x + 180, g)
    x += 180 + 246
    d.tree(x + 28, g, 24, 28)
    x = d.house(x + 58, g, 90, 44, wall="lilac", crown="arch", door="warp")
    x = d.house(x, g, 101, 64, wall="plaster", crown="step", door="thread2", shop="thread0")
    x = d.house(x, g, 84, 35, wall="sage", crown="mansard", door="thread1", bays=2)
    d.bench(x + 22, g)
    d.tree(x + 112, g, 27, 32, "leaf2")
    d.lamp(x + 152, g)
    d.fill("ground", box(0, g, 1440, 5))
    return d.svg(1440, 251)


def corner(palette: dict, with_sky: bool = True) -> str:
    """Three façades for a card without a picture, 400 × 300 with its ground at 295."""
    d, g = Drawing(palette), 295
    if with_sky:
        d.fill("sky", box(0, 0, 400, 300))
    d.tree(26, g, 40, 52, "leaf2")
    x = d.house(78, g, 84, 58, wall="plaster", crown="slate", door="thread0", bays=2)
    x = d.house(x, g, 112, 66, wall="brick", crown="step", door="warp")
    d.house(x, g, 96, 46, wall="sage", crown="mansard", door="thread1", bays=2)
    d.fill("ground", box(0, g, 400, 5))
    return d.svg(400, 300)


def _picture(palette: dict, scale: float) -> tuple[Drawing, float, float, float]:
    """An empty drawing for a 16 × 9 picture: drawing, width, height, ground."""
    width, height = 1600 / scale, 900 / scale
    d = Drawing(palette)
    d.fill("sky", box(0, 0, width, height))
    return d, width, height, height - 74 / scale * 2


def _pavement(d: Drawing, width: float, ground: float, height: float) -> None:
    d.fill("base", box(0, ground, width, height - ground))
    d.fill("ground", box(0, ground, width, 5))


def picture_facades() -> str:
    """A row of Ixelles façades by day."""
    d, w, h, g = _picture(DAY, 2.7)
    x = -20
    x = d.house(x, g, 92, 60, wall="sage", crown="mansard", door="thread1")
    x = d.house(x, g, 112, 72, wall="brick", crown="step", door="warp")
    x = d.house(x, g, 84, 48, wall="plaster", crown="slate", door="thread0", bays=2)
    x = d.house(x, g, 106, 66, wall="lilac", crown="arch", door="thread3")
    x = d.house(x, g, 96, 56, wall="plaster", crown="mansard", door="thread2", shop="thread2")
    d.house(x, g, 130, 70, wall="brick", crown="step", door="thread0")
    _pavement(d, w, g, h)
    d.lamp(300, g + 24)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


def picture_table() -> str:
    """The shared table laid in the street."""
    d, w, h, g = _picture(DAY, 3.6)
    d.tree(30, g, 44, 54, "leaf2")
    x = d.house(78, g, 80, 42, wall="plaster", crown="slate", door="thread0", bays=2)
    x = d.house(x, g, 104, 50, wall="brick", crown="mansard", door="warp", shop="thread2")
    d.house(x, g, 96, 46, wall="sage", crown="arch", door="thread3")
    d.tree(400, g, 40, 50)
    _pavement(d, w, g, h)
    d.table(72, h - 12, 112)
    d.table(176, h - 12, 112)
    d.table(280, h - 12, 112)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


def picture_alders() -> str:
    """A quiet street with alders and benches."""
    d, w, h, g = _picture(DAY, 2.9)
    x = d.house(-30, g, 100, 56, wall="lilac", crown="arch", door="warp")
    d.house(x, g, 90, 50, wall="plaster", crown="mansard", door="thread2")
    d.house(440, g, 104, 60, wall="brick", crown="step", door="thread0")
    _pavement(d, w, g, h)
    for i, x in enumerate((196, 286, 376)):
        d.tree(x, g + 8, 38 + 3 * (i % 2), 58 + 6 * (i % 2), ("leaf", "leaf2")[i % 2])
    d.bench(208, g + 22)
    d.bench(300, g + 22)
    d.lamp(476, g + 26)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


def picture_night() -> str:
    """A square at night, every lamp lit."""
    d, w, h, g = _picture(NIGHT, 2.9)
    d.fill("moon", disc(452, 52, 20))
    d.fill("sky", disc(444, 47, 17))
    x = d.house(-16, g, 104, 58, wall="plaster", crown="step", door="thread2")
    x = d.house(x, g, 92, 50, wall="brick", crown="mansard", door="thread0", shop="thread2")
    x = d.house(x, g, 100, 54, wall="sage", crown="arch", door="thread3")
    d.house(x + 96, g, 90, 52, wall="lilac", crown="slate", door="thread1", bays=2)
    d.house(x + 186, g, 110, 60, wall="plaster", crown="mansard", door="warp")
    _pavement(d, w, g, h)
    d.tree(x + 46, g + 8, 36, 46)
    d.lamp(92, g + 26)
    d.lamp(252, g + 26)
    d.lamp(420, g + 26)
    d.bench(300, g + 28)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


def picture_liner() -> str:
    """Place Flagey and its liner."""
    d, w, h, g = _picture(DAY, 3)
    d.house(-40, g, 104, 52, wall="brick", crown="mansard", door="thread1")
    d.tree(98, g, 28, 38, "leaf2")
    d.liner(142, g)
    d.tree(424, g, 32, 42)
    d.house(470, g, 96, 50, wall="lilac", crown="arch", door="warp")
    _pavement(d, w, g, h)
    d.bench(210, g + 30)
    d.lamp(310, g + 34)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


def picture_ponds() -> str:
    """The ponds of Ixelles, façades behind."""
    d, w, h, g = _picture(DAY, 2.8)
    g -= 58
    x = 18
    x = d.house(x, g, 84, 36, wall="plaster", crown="mansard", door="thread0", bays=2)
    x = d.house(x, g, 96, 44, wall="sage", crown="arch", door="thread3")
    d.tree(x + 42, g, 34, 42, "leaf2")
    x = d.house(x + 84, g, 100, 48, wall="brick", crown="step", door="warp")
    d.house(x, g, 88, 38, wall="lilac", crown="slate", door="thread1", bays=2)
    d.tree(-4, g, 30, 40)
    d.tree(520, g, 36, 46)
    d.fill("leaf", box(0, g, w, h - g))
    d.fill("ground", box(0, g, w, 4))
    d.fill("trim", disc(w / 2, h + 6, w * 0.56, 100))
    d.fill("water", disc(w / 2, h + 10, w * 0.55, 98))
    d.line(
        "ripple",
        3,
        "M120 {} h60M210 {} h34M320 {} h80M270 {} h46M420 {} h30".format(
            *tuple(n(h - y) for y in (46, 62, 38, 24, 58))
        ),
        cap="round",
    )
    d.bench(96, g + 26)
    return d.svg(1600, 900, f"0 0 {n(w)} {n(h)}")


PICTURE_SUBJECTS = {
    "facades": picture_facades,
    "table-partagee": picture_table,
    "rue-des-aulnes": picture_alders,
    "place-la-nuit": picture_night,
    "paquebot-flagey": picture_liner,
    "etangs": picture_ponds,
}
