#!/usr/bin/env python3
"""Draw the motifs of Maillage: selvedge, braid, mark, street, patterns, pictures for news.

Everything is computed, written as static SVG in ``site/static/img/`` and committed; nothing runs
at request time. Run again after a change of colour or of street:

    python scripts/draw_motifs.py            # the SVG files
    python scripts/draw_motifs.py --pictures # and the PNG drawings: demonstration, mails (Chromium)
    python scripts/draw_motifs.py --sprite /path/to/lucide-static/icons  # and the pictograms

The geometry is that of the art direction (``docs/design.md``). Lengths are CSS pixels.
"""

import argparse
import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
IMG = ROOT / "site" / "static" / "img"
PICTURES = ROOT / "home" / "demonstration" / "images"

DAY = {
    "paper": "#fff",
    "sky": "#dceae2",
    "warp": "#0e4f40",
    "threads": ("#2e7bc6", "#9a52ae", "#d5522e", "#b27d00"),
    "brick": "#cf7257",
    "plaster": "#fcfaf4",
    "sage": "#aacdb9",
    "lilac": "#caa8d3",
    "stone": "#ebcb7e",
    "roof": "#1f3d37",
    "trim": "#fff",
    "bar": "#fff",
    "window": "#31564e",
    "lit": "#f9d982",
    "base": "#c5d3cb",
    "ground": "#1f3d37",
    "leaf": "#81b993",
    "leaf2": "#5ba17b",
    "trunk": "#594a39",
    "steam": "#8fa49b",
    "water": "#b3d3e6",
    "ripple": "#fff",
    "moon": "#fff",
}
NIGHT = {
    "paper": "#18221e",
    "sky": "#14231e",
    "warp": "#1b6552",
    "threads": ("#5fa8ee", "#c480d6", "#f07f5c", "#d9a52b"),
    "brick": "#5a3127",
    "plaster": "#33433d",
    "sage": "#24473b",
    "lilac": "#43304a",
    "stone": "#5a4a22",
    "roof": "#0a1512",
    "trim": "#4a5b53",
    "bar": "#5a3f14",
    "window": "#0f1b17",
    "lit": "#f7cf6b",
    "base": "#26342e",
    "ground": "#0a1512",
    "leaf": "#28644b",
    "leaf2": "#1e503d",
    "trunk": "#39332b",
    "steam": "#84968c",
    "water": "#16303f",
    "ripple": "#f7cf6b",
    "moon": "#f7cf6b",
}


def n(value: float) -> str:
    """Write a length with at most one decimal, as short as SVG allows."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def box(x: float, y: float, w: float, h: float) -> str:
    """Path of a rectangle from its top left corner."""
    return f"M{n(x)} {n(y)}h{n(w)}v{n(h)}h{n(-w)}z"


def disc(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """Path of a circle or an ellipse."""
    ry = rx if ry is None else ry
    half = f"a{n(rx)} {n(ry)} 0 1 0 "
    return f"M{n(cx - rx)} {n(cy)}{half}{n(2 * rx)} 0{half}{n(-2 * rx)} 0z"


class Drawing:
    """A list of flat shapes in painting order; neighbours of one colour become one path."""

    def __init__(self, palette: dict):
        self.palette = palette
        self.shapes: list[tuple[str, str]] = []
        self.windows = 0

    def colour(self, name: str) -> str:
        """Hex colour of a palette name (``thread0`` to ``thread3`` are the four wefts)."""
        if name.startswith("thread"):
            return self.palette["threads"][int(name[-1])]
        return self.palette.get(name, name)

    def fill(self, colour: str, *paths: str) -> None:
        """Paint closed paths."""
        self._add(f'fill="{self.colour(colour)}"', "".join(paths))

    def line(self, colour: str, width: float, *paths: str, cap: str = "butt") -> None:
        """Paint strokes."""
        ends = "" if cap == "butt" else f' stroke-linecap="{cap}"'
        style = f'fill="none" stroke="{self.colour(colour)}" stroke-width="{n(width)}"{ends}'
        self._add(style, "".join(paths))

    def _add(self, style: str, path: str) -> None:
        if not path:
            return
        if self.shapes and self.shapes[-1][0] == style:
            self.shapes[-1] = (style, self.shapes[-1][1] + path)
        else:
            self.shapes.append((style, path))

    def svg(self, width: float, height: float, view: str = "") -> str:
        """The whole file."""
        view = view or f"0 0 {n(width)} {n(height)}"
        body = "".join(f'<path {style} d="{path}"/>' for style, path in self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(width)}" height="{n(height)}"'
            f' viewBox="{view}">{body}</svg>\n'
        )

    # --- the street ---------------------------------------------------------------------

    def panes(self, cells: list[tuple[float, float, float, float]], arched: bool = False) -> None:
        """Windows (x, y, w, h): one in four is lit; glazing cross at 38 % and sill."""
        dark, lit, bars, sills = [], [], [], []
        for x, y, w, h in cells:
            self.windows += 1
            r = w / 2
            shape = (
                f"M{n(x)} {n(y + h)}v{n(r - h)}a{n(r)} {n(r)} 0 0 1 {n(w)} 0v{n(h - r)}z"
                if arched
                else box(x, y, w, h)
            )
            (lit if self.windows % 4 == 2 else dark).append(shape)
            bars.append(f"M{n(x + w / 2)} {n(y)}v{n(h)}M{n(x)} {n(y + h * 0.38)}h{n(w)}")
            sills.append(box(x - 2, y + h, w + 4, 3))
        self.fill("window", *dark)
        self.fill("lit", *lit)
        self.line("bar", 1.3, *bars)
        self.fill("trim", *sills)

    def house(
        self,
        x: float,
        ground: float,
        w: float,
        floor: float,
        *,
        wall: str,
        crown: str,
        door: str,
        shop: str = "",
        bays: int = 3,
        floors: int = 2,
    ) -> float:
        """One façade standing on ``ground``; returns the x where the next one starts.

        ``crown`` is ``step`` (stepped gable), ``mansard``, ``arch`` or ``slate``; ``shop`` is the
        colour of an awning, or empty for a plain ground-floor window.
        """
        base_top = ground - 42
        top = base_top - floors * floor
        bay, win_h = w / bays, floor * 0.62
        win_w = min(bay * 0.52, 20)
        rows = []
        for level in range(floors):
            y = top + level * floor + floor * 0.2
            rows += [(x + bay * (i + 0.5) - win_w / 2, y, win_w, win_h) for i in range(bays)]
        if crown == "step":
            self._stepped_gable(x, top, w, wall)
        elif crown == "arch":
            rise = w * 0.3
            self.fill(wall, f"M{n(x)} {n(top + 1)}q{n(w / 2)} {n(-2 * rise)} {n(w)} 0z")
        self.fill(wall, box(x, top, w, base_top - top))
        if crown == "arch":
            edge = f"M{n(x - 2)} {n(top + 2)}q{n(w / 2 + 2)} {n(-2 * rise - 4)} {n(w + 4)} 0"
            self.line("trim", 5, edge)
            middle = rows.pop(bays // 2)
            self.panes(rows, arched=True)
            cx, cy, r = x + w / 2, middle[1] + win_h * 0.42, w * 0.2
            self.fill("lit", disc(cx, cy, r))
            self.line("bar", 1.3, f"M{n(cx)} {n(cy - r)}v{n(2 * r)}M{n(cx - r)} {n(cy)}h{n(2 * r)}")
        else:
            self.panes(rows)
        if crown == "mansard":
            roof_h, inset = 28, 8
            roof = (
                f"M{n(x + 1)} {n(top)}l{inset} {-roof_h}h{n(w - 2 * inset - 2)}l{inset} {roof_h}z"
            )
            self.fill("roof", roof)
            self.panes([(x + w / 2 - 8, top - 22, 16, 19)])
            self.fill("trim", box(x - 3, top - 3, w + 6, 7))
        elif crown == "slate":
            peak = w * 0.46
            self.fill("roof", box(x + w * 0.68, top - peak * 0.98, 10, peak * 0.8))
            roof = f"M{n(x - 3)} {n(top)}l{n(w / 2 + 3)} {n(-peak)}l{n(w / 2 + 3)} {n(peak)}z"
            self.fill("roof", roof)
        self.fill("base", box(x, base_top, w, 42))
        self.fill(door, box(x + 12, ground - 34, 18, 34))
        self.fill("trim", disc(x + 26, ground - 16, 1.4))
        wx, ww = x + 40, w - 40 - 12
        self.fill("lit" if not shop and int(x) % 2 else "window", box(wx, ground - 34, ww, 24))
        self.line("bar", 1.3, f"M{n(wx + ww / 2)} {n(ground - 34)}v24")
        if shop:
            self._awning(wx - 3, ground - 38, ww + 6, shop)
        return x + w

    def _stepped_gable(self, x: float, top: float, w: float, wall: str) -> None:
        steps, rise = 4, 13
        run = (w / 2 - 11) / steps
        for colour, grow in (("trim", 3), (wall, 0)):
            path = f"M{n(x - grow)} {n(top + 1)}v{n(-rise + 1 - grow)}"
            for _ in range(steps):
                path += f"h{n(run)}v{n(-rise)}"
            path += f"h{n(22 + 2 * grow)}"
            for _ in range(steps):
                path += f"v{n(rise)}h{n(run)}"
            path += f"V{n(top + 1)}z"
            self.fill(colour, path)
        self.panes([(x + w / 2 - 8, top - 34, 16, 24)], arched=True)

    def _awning(self, x: float, y: float, w: float, colour: str) -> None:
        count = 6
        step = w / count
        strips: dict[bool, list[str]] = {True: [], False: []}
        for i in range(count):
            left = x + i * step
            strip = f"M{n(left)} {n(y)}h{n(step)}v9a{n(step / 2)} 5 0 0 1 {n(-step)} 0z"
            strips[i % 2 == 0].append(strip)
        self.fill(colour, *strips[True])
        self.fill("trim", *strips[False])

    def tree(self, x: float, ground: float, rx: float, ry: float, leaf: str = "leaf") -> None:
        """An alder: an ellipse on a trunk, x at the trunk."""
        cy = ground - ry - 46
        self.fill(leaf, disc(x, cy, rx, ry))
        self.fill("trunk", box(x - 2.5, cy + ry * 0.35, 5, ground - cy - ry * 0.35))
        fork = cy + ry + 14
        self.line("trunk", 3.5, f"M{n(x)} {n(fork)}l-11 -12M{n(x)} {n(fork - 6)}l12 -12")

    def lamp(self, x: float, ground: float) -> None:
        """A street lamp."""
        self.fill("ground", box(x - 1.5, ground - 70, 3, 70), box(x - 8, ground - 71, 16, 3))
        self.fill("lit", disc(x, ground - 78, 7))

    def bench(self, x: float, ground: float) -> None:
        """A public bench, 60 wide."""
        self.fill("ground", box(x, ground - 20, 60, 4), box(x, ground - 32, 60, 4))
        self.fill("ground", box(x + 7, ground - 32, 4, 32), box(x + 49, ground - 32, 4, 32))

    def table(self, x: float, ground: float, w: float = 98) -> None:
        """The shared table with its pot of soup and two bowls."""
        y = ground - 26
        self.line(
            "ground",
            3,
            f"M{n(x + 14)} {n(y)}l-7 26M{n(x + w - 14)} {n(y)}l7 26",
        )
        self.line("ground", 3.4, f"M{n(x)} {n(y)}h{n(w)}", cap="round")
        self.fill("thread2", box(x + 14, y - 17, 22, 15.5), box(x + 10, y - 19, 30, 3))
        self.line(
            "steam",
            2,
            f"M{n(x + 21)} {n(y - 24)}q3.5 -4 0 -8M{n(x + 29)} {n(y - 24)}q3.5 -4 0 -8",
            cap="round",
        )
        for left in (52, 74):
            self.fill("thread0", f"M{n(x + left)} {n(y - 9)}h16a8 8 0 0 1 -16 0z")

    def liner(self, x: float, ground: float) -> None:
        """The Flagey building, a liner with its tower, 246 wide."""
        self.fill("ground", box(x + 51, ground - 238, 2.5, 22))
        self.fill("stone", box(x + 41, ground - 219, 23, 16), box(x + 34, ground - 204, 36, 80))
        self.fill("trim", box(x + 31, ground - 206, 42, 8))
        slots = [box(x + 45, ground - 192 + i * 13.4, 13, 9) for i in range(5)]
        self.fill("window", *slots[::2])
        self.fill("lit", *slots[1::2])
        self.fill("stone", box(x + 16, ground - 125, 154, 22))
        hull = f"M{n(x)} {n(ground - 107)}h220a26 26 0 0 1 26 26v{n(81)}h-246z"
        self.fill("stone", hull)
        self.fill("base", box(x, ground - 31, 246, 31))
        for row, y in enumerate((ground - 95, ground - 64)):
            band = f"M{n(x + 12)} {n(y)}h208a13 16 0 0 1 13 16h-221z"
            self.fill("window", band)
            lit = (0, 6, 7) if row == 0 else (4, 5, 11)
            self.fill("lit", *(box(x + 12 + i * 17.4, y, 17.4, 16) for i in lit))
            posts = "".join(f"M{n(x + 12 + i * 17.4)} {n(y)}v16" for i in range(1, 13))
            self.line("stone", 1.6, posts)
        doors = [box(x + 14 + i * 38, ground - 25, 26, 25) for i in range(6)]
        self.fill("window", *(d for i, d in enumerate(doors) if i not in (1, 4)))
        self.fill("lit", doors[1], doors[4])


# --- motifs ---------------------------------------------------------------------------------


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


# --- scenes ---------------------------------------------------------------------------------


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


# --- files ----------------------------------------------------------------------------------


TOUCH_ICONS = (180, 192, 512)


def sprite(folder: Path, names: list[str]) -> str:
    """One sprite of Lucide pictograms (``lucide-static``, ISC licence)."""
    symbols = []
    for name in sorted(set(names)):
        source = (folder / f"{name}.svg").read_text(encoding="utf-8")
        body = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL).group(1)
        body = re.sub(r"\s+", " ", body).replace("> <", "><").replace(" />", "/>").strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
            f' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def svg_files() -> dict[str, str]:
    """Every drawing by file name."""
    files = {
        "noeud-jour.svg": knot(DAY),
        "noeud-nuit.svg": knot(NIGHT),
        "marque-jour.svg": mark(DAY),
        "marque-nuit.svg": mark(NIGHT),
        "marque-encre.svg": mark(DAY, "#16231e"),
        "favicon.svg": mark(DAY),
    }
    for suffix, palette in (("jour", DAY), ("nuit", NIGHT)):
        files[f"galon-{suffix}.svg"] = selvedge(palette, palette["paper"]).svg(36, 17)
        files[f"tresse-{suffix}.svg"] = braid(palette, palette["paper"], 188, 21, 10)
        files[f"frise-{suffix}.svg"] = street(palette)
        files[f"facades-{suffix}.svg"] = corner(palette)
    for name in PATTERNS:
        files[f"trame-{name}.svg"] = pattern(name)
        files[f"trame-{name}-bord.svg"] = pattern(name, vertical=True)
    return files


def render(svg: str, width: int, height: int, target: Path, transparent: bool = False) -> None:
    """Rasterise with Chromium, without network."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("chromium is needed to render the PNG files")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(
            f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}",
            encoding="utf-8",
        )
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += ["--disable-background-networking", f"--window-size={width},{height}"]
        command += [f"--user-data-dir={folder}/profile", f"--screenshot={target}"]
        if transparent:
            command.append("--default-background-color=00000000")
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)


def touch_icon(size: int) -> str:
    """The mark on the paper, with the margin that telephones cut round icons from."""
    inner = mark(DAY).split(">", 1)[1].rsplit("</svg>", 1)[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="-12 -12 64 64"><path fill="#f4f6f1" d="{box(-12, -12, 64, 64)}"/>{inner}</svg>'
    )


def share_card() -> str:
    """What a shared link shows, 1200 × 630: the mark in the sky, the street, the braid."""
    sky = f'<path fill="{DAY["sky"]}" d="{box(0, 0, 1200, 630)}"/>'
    weave = "".join(
        _inside(braid(DAY, DAY["sky"], 188, 21, 10), x, 566, 188, 58) for x in range(0, 1200, 188)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">'
        f"{sky}{_inside(street(DAY), -130, 313, 1440, 251)}{weave}"
        f"{_inside(mark(DAY), 490, 62, 220, 220)}</svg>"
    )


def _inside(svg: str, x: float, y: float, width: float, height: float) -> str:
    """A drawing as a part of another one."""
    box_of = re.search(r'viewBox="[^"]*"', svg).group(0)
    inner = svg.split(">", 1)[1].rsplit("</svg>", 1)[0]
    return (
        f'<svg x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" {box_of}>{inner}</svg>'
    )


def lighten(target: Path, colours: int = 64) -> None:
    """Flat drawings need few colours, and then the file is five times smaller."""
    with Image.open(target) as picture:
        flat = picture.convert("RGB").quantize(colours, dither=0)
    flat.save(target, optimize=True)


def mail_selvedge(target: Path) -> None:
    """The galon of mails: 600 px wide at twice its size, a few colours, a few kilobytes."""
    svg = selvedge(DAY, DAY["paper"], tiles=17).svg(1200, 34, view="0 0 600 17")
    render(svg, 1200, 34, target)
    lighten(target, colours=16)


def icon_file(png: bytes) -> bytes:
    """Wrap one 32 px PNG into an .ico file."""
    entry = bytes((32, 32, 0, 0, 1, 0, 32, 0)) + len(png).to_bytes(4, "little")
    return b"\0\0\1\0\1\0" + entry + (22).to_bytes(4, "little") + png


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", action="store_true", help="render the PNG files as well")
    parser.add_argument("--sprite", type=Path, help="folder of Lucide SVG files")
    options = parser.parse_args()
    IMG.mkdir(parents=True, exist_ok=True)
    for name, text in svg_files().items():
        (IMG / name).write_text(text, encoding="utf-8")
    if options.sprite:
        names = (Path(__file__).with_name("pictograms.txt")).read_text(encoding="utf-8").split()
        (IMG / "sprite.svg").write_text(sprite(options.sprite, names), encoding="utf-8")
    if options.pictures:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, draw in PICTURE_SUBJECTS.items():
            render(draw(), 1600, 900, PICTURES / f"{name}.png")
        render(share_card(), 1200, 630, IMG / "partage.png")
        for size in TOUCH_ICONS:
            render(touch_icon(size), size, size, IMG / f"icone-{size}.png")
        for name in ("partage", *(f"icone-{size}" for size in TOUCH_ICONS)):
            lighten(IMG / f"{name}.png")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "icon.png"
            small = mark(DAY).replace('width="40" height="40"', 'width="32" height="32"')
            render(small, 32, 32, target, transparent=True)
            (IMG / "favicon.ico").write_bytes(icon_file(target.read_bytes()))
        mail_selvedge(IMG / "galon-courriel.png")


if __name__ == "__main__":
    main()
