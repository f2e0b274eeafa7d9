"""Shapes, in painting order."""


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
