"""What becomes a file: SVG as text, PNG by Chromium."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from drawing import box, n
from motifs import PATTERNS, braid, knot, mark, pattern, selvedge
from palette import DAY, NIGHT
from PIL import Image
from scenes import corner, street

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
