"""Selvedge, braid, mark, knot and the patterns of the groups."""

import math

from drawing import Drawing, box, disc, n


def selvedge(palette: dict, background: str, tiles: int = 1) -> Drawing:
    """The galon: four wefts, two warps; a warp passes over weft i when i + j is even."""
    d = Drawing(palette)
    for i in range(4):
        d.fill(f"thread{i}", box(0, 1 + 4 * i, 36 * tiles, 3))
    for j, x in enumerate(range(9, 36 * tiles, 18)):
        d.fill("warp", box(x - 2.5, 0, 5, 17))
        for i in range(4):
            y = 1 + 4 * i
            if (i + j) % 2 == 0:
                d.fill(background, box(x - 3.5, y, 7, 3))
                d.fill("warp", box(x - 2.5, y, 5, 3))
            else:
                d.fill(f"thread{i}", box(x - 2.5, y, 5, 3))
    return d


def sine(phase: float, start: float, end: float, wave: float, amplitude: float, mid: float) -> str:
    """Path of y = mid + A sin 2π(x/λ + phase) from start to end, as cubic Bézier curves."""
    k = 2 * math.pi / wave
    steps = max(1, math.ceil((end - start) / (wave / 8)))
    dx = (end - start) / steps

    def at(x: float) -> tuple[float, float]:
        angle = k * x + 2 * math.pi * phase
        return mid + amplitude * math.sin(angle), amplitude * k * math.cos(angle)

    y, slope = at(start)
    path = f"M{n(start)} {n(y)}"
    for i in range(steps):
        x0, x1 = start + i * dx, start + (i + 1) * dx
        y1, slope1 = at(x1)
        path += (
            f"C{n(x0 + dx / 3)} {n(y + slope * dx / 3)} {n(x1 - dx / 3)} {n(y1 - slope1 * dx / 3)}"
            f" {n(x1)} {n(y1)}"
        )
        y, slope = y1, slope1
    return path


def braid(palette: dict, background: str, wave: float, amplitude: float, thread: float) -> str:
    """The tresse, one period wide, so that it repeats in x.

    At an even level (top, bottom) the thread that comes from above passes over, at the middle
    level the thread that comes from below.
    """
    d = Drawing(palette)
    height = 2 * amplitude + thread + 6
    mid = height / 2
    d.fill(background, box(0, 0, wave, height))
    for i in range(4):
        d.line(f"thread{i}", thread, sine(i / 4, -10, wave + 10, wave, amplitude, mid))
    k = 2 * math.pi / wave
    for a in range(4):
        for b in range(a + 1, 4):
            gap = b - a
            for turn in range(-2, 5):
                # sin t = sin(t + gap·π/2) where t = π/2 - gap·π/4 + turn·π
                t = math.pi / 2 - gap * math.pi / 4 + turn * math.pi
                x = (t - a * math.pi / 2) / k
                if not -20 < x < wave + 20:
                    continue
                level = round(1 + math.sin(t) / math.sin(math.pi / 4)) if gap != 2 else 1
                falling = a if math.cos(t) > 0 else b  # y grows downwards: it comes from above
                rising = b if falling == a else a
                over = falling if level % 2 == 0 else rising
                half = 13 if level == 1 else 17
                half *= wave / 188
                path = sine(over / 4, x - half, x + half, wave, amplitude, mid)
                d.line(background, thread + 5, path)
                path = sine(over / 4, x - half - 1.5, x + half + 1.5, wave, amplitude, mid)
                d.line(f"thread{over}", thread, path)
    return d.svg(wave, height)


def mark(palette: dict, ink: str = "") -> str:
    """The marque: two bars over and under two bars, drawn in pieces so that it needs no ground."""
    d = Drawing(palette)
    gap, half = 1.6, 3.5
    clear = half + gap
    colours = [ink or f"thread{i}" for i in range(4)]
    low, high, a, b = 4.5, 35.5, 12.5, 27.5
    cut = ((low, a - clear), (a + clear, high)), ((low, b - clear), (b + clear, high))
    # threads: 0 upper horizontal, 1 left vertical, 2 lower horizontal, 3 right vertical
    for (start, end), i in ((s, 0) for s in cut[0]):
        d.line(colours[i], 7, _piece(start, end, a, True))
    for start, end in cut[1]:
        d.line(colours[1], 7, _piece(start, end, a, False))
    for start, end in cut[1]:
        d.line(colours[2], 7, _piece(start, end, b, True))
    for start, end in cut[0]:
        d.line(colours[3], 7, _piece(start, end, b, False))
    for i, across, horizontal in ((0, a, True), (1, a, False), (2, b, True), (3, b, False)):
        d.fill(colours[i], *(_cap(p, across, p == low, horizontal) for p in (low, high)))
    return d.svg(40, 40)


def _cap(end: float, across: float, first: bool, horizontal: bool) -> str:
    """The round end of a bar: the outer half of a disc, so that nothing shows in the gaps."""
    low, high = n(across - 3.5), n(across + 3.5)
    turn = 0 if first == horizontal else 1
    if horizontal:
        return f"M{n(end)} {low}A3.5 3.5 0 0 {turn} {n(end)} {high}z"
    return f"M{low} {n(end)}A3.5 3.5 0 0 {turn} {high} {n(end)}z"


def _piece(start: float, end: float, across: float, horizontal: bool) -> str:
    if horizontal:
        return f"M{n(start)} {n(across)}H{n(end)}"
    return f"M{n(across)} {n(start)}V{n(end)}"


def knot(palette: dict) -> str:
    """The nœud: the mark opened out, one thread not yet pulled through."""
    d = Drawing(palette)
    d.line("thread0", 8, "M6 30H48M70 30H134", cap="round")
    d.line("thread2", 8, "M6 56H82", cap="round")
    d.line("thread2", 8, "M104 56C122 56 112 74 130 74", cap="round")
    d.line("thread1", 8, "M59 6V42M59 70V82", cap="round")
    d.line("thread3", 8, "M93 6V16M93 44V82", cap="round")
    # the two threads that pass over, and the one that waits
    d.line("thread0", 8, "M80 30H106")
    d.line("thread1", 8, "M59 24V38")
    return d.svg(140, 88)


#: One mask per thread: tile width, and paths as (``fill`` or stroke width, path); height is 12.
PATTERNS = {
    "num": (12, [("fill", "M0 0h6v6h-6zM6 6h6v6h-6z")]),
    "san": (24, [(3.4, "M-6 6q6 -7 12 0t12 0t12 0")]),
    "ali": (12, [(3.2, "M-2 11L6 3L14 11")]),
    "sen": (20, [("fill", "M0 1.6h12v3.2h-12zM10 7.2h10v3.2h-10zM0 7.2h2v3.2h-2z")]),
    "canard": (12, [("fill", disc(3, 3, 2.3) + disc(9, 9, 2.3))]),
    "framboise": (12, [(3, "M-3 15L15 -3M-3 3L3 -3M9 15L15 9")]),
    "mousse-vive": (12, [(2.8, "M6 1.5v9M1.5 6h9")]),
    "iris": (12, [("fill", "M6 .8L11.2 6L6 11.2L.8 6z")]),
}


def pattern(name: str, vertical: bool = False) -> str:
    """A mask tile; ``vertical`` is the transposed tile for a vertical edge."""
    width, shapes = PATTERNS[name]
    body = "".join(
        f'<path d="{path}"/>'
        if kind == "fill"
        else f'<path fill="none" stroke="#000" stroke-width="{kind}" d="{path}"/>'
        for kind, path in shapes
    )
    w, h = (12, width) if vertical else (width, 12)
    if vertical:
        body = f'<g transform="matrix(0 1 1 0 0 0)">{body}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"'
        f' viewBox="0 0 {w} {h}">{body}</svg>\n'
    )
