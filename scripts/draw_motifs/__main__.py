"""Draw the motifs of Maillage: selvedge, braid, mark, street, patterns, pictures for news.

Everything is computed, written as static SVG in ``site/static/img/`` and committed; nothing runs
at request time. Run again after a change of colour or of street:

    python scripts/draw_motifs            # the SVG files
    python scripts/draw_motifs --pictures # and the PNG drawings: demonstration, mails (Chromium)
    python scripts/draw_motifs --sprite /path/to/lucide-static/icons  # and the pictograms

The geometry is that of the art direction (``docs/design.md``). Lengths are CSS pixels.
"""

import argparse
import tempfile
from pathlib import Path

from files import (
    TOUCH_ICONS,
    icon_file,
    lighten,
    mail_selvedge,
    render,
    share_card,
    sprite,
    svg_files,
    touch_icon,
)
from motifs import mark
from palette import DAY
from scenes import PICTURE_SUBJECTS

ROOT = Path(__file__).resolve().parents[2]
IMG = ROOT / "site" / "static" / "img"
PICTURES = ROOT / "home" / "demonstration" / "images"


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
