"""pages.py [--pictures] : the specimen in eight variants, as PDF and as a picture of every page, in target/specimen/.

A tradition is set in its own face of Noto CJK where fontconfig knows it, else in the bundled faces, which draw Hong Kong's forms.
The program is the one that cargo built (BANXIN names another). --pictures makes those of the manual, docs/pictures/specimen*.png
and settings-*.png, from the same pages; it needs ImageMagick beside poppler.
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / "target" / "specimen"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = os.environ.get("BANXIN", TARGET / "debug" / "banxin")
FACES = {"hong-kong": "HK", "taiwan": "TC", "mainland": "SC", "japan": "JP"}
MODES = {"vertical": "vertical-rl", "horizontal": "horizontal-tb"}
# What the manual shows of each variant: the pages on which these rules begin, an article and the place of the rule in it.
SHOWN = [("01-marks.md", 7), ("04-numbers.md", 3), ("05-beside.md", 3), ("05-beside.md", 7)]
# One page of each tradition, for the README.
ALL_FOUR = [
    ("hong-kong", "vertical", ("05-beside.md", 3)),
    ("taiwan", "vertical", ("05-beside.md", 7)),
    ("mainland", "horizontal", ("01-marks.md", 7)),
    ("japan", "vertical", ("05-beside.md", 3)),
]
# Around the type area, in millimetres of the page: the window of a picture.
WINDOW = {"x": 17, "y": 12, "side": 100}
DPI = 160
# Sixteen greys, no dates: the same pages give the same file.
SMALL = ["-colorspace", "Gray", "-colors", "16", "-strip", "-define", "png:compression-level=9", "-define", "png:exclude-chunks=date,time"]
# The same paragraph under the values of one key: article, key, values. Horizontal ones in two columns, vertical ones in one row
# from right to left.
HORIZONTAL = [
    [("01-punctuation", "punctuation", ["none", "adjacent", "half", "all-half"]), ("01-punctuation", "mark-position", ["corner"])],
    [("02-line-head", "line-head", ["trim", "keep"]), ("03-western", "western-gap", ["0", "0.25", "0.5"])],
]
VERTICAL = [
    ("04-hanging", "hanging", ["off", "force"]),
    ("05-grid", "grid", ["off", "strict"]),
    ("06-numbers", "long-digits", ["stack"]),
    ("06-numbers", "acronym", ["rotate", "tcy2", "stack"]),
]
# The face and size of the labels above them.
LABEL = ["-font", ROOT / "fonts" / "NotoSansCJKhk-Regular.ttf", "-pointsize", "18", "-gravity", "North"]


def run(*command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"{command[0]}: exit code {done.returncode}\n{done.stdout.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "replace")


def installed():
    """Families that fontconfig knows; none where it is missing."""
    if not shutil.which("fc-list"):
        return set()
    return {name.strip() for line in run("fc-list", ":", "family").splitlines() for name in line.split(",")}


def faces(tradition, known):
    serif, sans = (f"Noto {kind} CJK {FACES[tradition]}" for kind in ("Serif", "Sans"))
    if tradition == "hong-kong" or not {serif, sans} <= known:
        return []
    named = {"body": serif, "bold": serif, "heading": sans, "caption": sans}
    return [part for key, family in named.items() for part in ("--set", f'typography.fonts.{key}="{family}"')]


def build(tradition, mode, known):
    """One variant's PDF and pages."""
    name = f"{tradition}-{mode}"
    for old in OUT.glob(f"{name}*"):
        old.unlink()
    pdf = OUT / f"{name}.pdf"
    own = faces(tradition, known)
    told = run(PROGRAM, "pdf", HERE / tradition, "-o", pdf, "--message-format", "short",
               "--set", f"typography.writing-mode={MODES[mode]}", *own)
    run("pdftoppm", "-r", "110", "-png", pdf, OUT / name)
    pages = sorted(OUT.glob(f"{name}-*.png"))
    print(f"{name}: {len(pages)} pages, {'own' if own else 'bundled'} faces")
    for line in told.splitlines():
        if "warning" in line or "error" in line:
            print(f"    {line}")


def page_of(tradition, mode, rule, known):
    """The page, counted from 1, on which a rule begins."""
    article, place = rule
    laid = json.loads(run(PROGRAM, "inspect", HERE / tradition, "--format", "json", "--quiet",
                          "--set", f"typography.writing-mode={MODES[mode]}", *faces(tradition, known)))
    text = (HERE / tradition / "articles" / article).read_text(encoding="utf-8").splitlines()
    line = [at for at, row in enumerate(text, 1) if row.startswith("#### ")][place - 1]
    source = {"file": f"articles/{article}", "line": line}
    return next(at for at, page in enumerate(laid["pages"], 1) if any(f["source"] == source for f in page["frames"]))


def picture(name, shown, known):
    """Four pages in one picture, each by its tradition, direction and rule; rows of vertical pages run as the book turns."""
    side, x, y = (round(WINDOW[key] * DPI / 25.4) for key in ("side", "x", "y"))
    tiles = []
    for tradition, mode, rule in shown:
        page = page_of(tradition, mode, rule, known)
        tile = OUT / f"tile-{tradition}-{mode}-{page}"
        run("pdftoppm", "-r", DPI, "-f", page, "-l", page, "-x", x, "-y", y, "-W", side, "-H", side, "-png", "-gray", "-singlefile",
            OUT / f"{tradition}-{mode}.pdf", tile)
        tiles.append(tile.with_name(tile.name + ".png"))
    rows = [tiles[:2], tiles[2:]]
    if all(mode == "vertical" for _, mode, _ in shown):
        rows = [row[::-1] for row in rows]
    command = ["convert"]
    for row in rows:
        command += ["(", *row, "-bordercolor", "#bbb", "-border", "1", "-bordercolor", "white", "-border", "4", "+append", ")"]
    run(*command, "-append", *SMALL, ROOT / "docs" / "pictures" / f"{name}.png")
    for tile in set(tiles):
        tile.unlink()


def settings(mode, row):
    """One paragraph under each value of a key, each under its label, in the order of the values."""
    article, key, values = row
    tiles = []
    for value in values:
        tile = OUT / f"settings-{key}-{value}"
        asked = [HERE / "settings", "--set", f'book.articles=["articles/{article}.md"]', "--set", f"typography.writing-mode={MODES[mode]}",
                 "--set", f"typography.{key}={value}"]
        pdf = tile.with_name(tile.name + ".pdf")
        run(PROGRAM, "pdf", *asked, "-o", pdf)
        laid = json.loads(run(PROGRAM, "inspect", *asked, "--format", "json", "--quiet"))
        page, frame = next((at, f) for at, page in enumerate(laid["pages"], 1) for f in page["frames"] if f["kind"] == "paragraph")
        # An em around the paragraph: a hanging mark stands in it.
        em, scale = 11, DPI / 72
        x, y = (round((frame[k] - em) * scale) for k in ("x_pt", "y_pt"))
        w, h = (round((frame[k] + 2 * em) * scale) for k in ("w_pt", "h_pt"))
        run("pdftoppm", "-r", DPI, "-f", page, "-l", page, "-x", x, "-y", y, "-W", w, "-H", h, "-png", "-gray", "-singlefile", pdf, tile)
        tiles.append(tile.with_name(tile.name + ".png"))
        above = ["-splice", "0x26", *LABEL, "-annotate", "+0+2", f"{key} = {value}"]
        if mode == "vertical":
            above = ["-bordercolor", "white", "-border", "12x0", "-splice", "0x48", *LABEL, "-annotate", "+0+2", f"{key}\n{value}"]
        run("convert", tiles[-1], *above, tiles[-1])
    return tiles


def compare():
    """The two pictures of what keys change."""
    place = ROOT / "docs" / "pictures"
    columns = [[tile for row in rows for tile in settings("horizontal", row)] for rows in HORIZONTAL]
    run("convert", *(part for tiles in columns for part in ("(", *tiles, "-append", ")")), "+append", *SMALL, place / "settings-horizontal.png")
    tiles = [tile for row in VERTICAL for tile in settings("vertical", row)]
    run("convert", *tiles[::-1], "+append", *SMALL, place / "settings-vertical.png")


def main(arguments):
    OUT.mkdir(parents=True, exist_ok=True)
    known = installed()
    for tradition in FACES:
        for mode in MODES:
            build(tradition, mode, known)
            if "--pictures" in arguments:
                picture(f"specimen-{tradition}-{mode}", [(tradition, mode, rule) for rule in SHOWN], known)
    if "--pictures" in arguments:
        picture("specimen", ALL_FOUR, known)
        compare()


if __name__ == "__main__":
    main(sys.argv[1:])
