"""A sheet of drawing paper: shapes and outlined lettering, kept as SVG and printed to SVG, PNG or JPEG.

One unit of a sheet is a tenth of a millimetre in an SVG file and one pixel in a raster file. Lettering is never
text: each character's outline is taken from the project's own faces, so a picture needs no font to be drawn.
Numbers are written with at most one decimal, so that the same drawing is the same bytes.
"""

import io
from functools import lru_cache
from pathlib import Path

import resvg_py
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image

FONTS = Path(__file__).resolve().parents[2] / "fonts"
FACES = {
    "serif": "NotoSerifCJKhk-Regular.ttf",
    "serif-bold": "NotoSerifCJKhk-Bold.ttf",
    "sans": "NotoSansCJKhk-Regular.ttf",
    "sans-bold": "NotoSansCJKhk-Bold.ttf",
}

# The palette of the whole publication: paper and ink, one red for what matters, three quiet colours beside it.
PAPER = "#f7f3ea"
SHADE = "#e9e2d3"
INK = "#1d2329"
GREY = "#7b7f80"
RULE = "#c9c1b0"
RED = "#b02a22"
TEAL = "#1f4f5b"
MIST = "#9fb8b8"
GOLD = "#b8893b"
WHITE = "#ffffff"


class Face:
    """One of the project's faces: outlines, advances and upright forms for vertical lines."""

    def __init__(self, name):
        self.font = TTFont(FONTS / FACES[name], lazy=True)
        self.glyphs = self.font.getGlyphSet()
        self.cmap = self.font.getBestCmap()
        self.em = self.font["head"].unitsPerEm
        self.upright = self._vertical_forms()

    def _vertical_forms(self):
        gsub = self.font["GSUB"].table
        lookups = {i for f in gsub.FeatureList.FeatureRecord if f.FeatureTag == "vert" for i in f.Feature.LookupListIndex}
        forms = {}
        for index in sorted(lookups):
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                for glyph, form in getattr(table, "mapping", {}).items():
                    forms.setdefault(glyph, form)
        return forms

    def glyph(self, char, vertical=False):
        name = self.cmap.get(ord(char))
        if name is None:
            raise SystemExit(f"no face for {char!r} (U+{ord(char):04X})")
        return self.upright.get(name, name) if vertical else name

    def advance(self, char):
        return self.font["hmtx"][self.glyph(char)][0] / self.em


@lru_cache(None)
def face(name):
    return Face(name)


def num(value):
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def points(*pairs):
    """A path through the points, straight."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in pairs)


class Sheet:
    """Shapes in painting order. `fill` and `stroke` are colours of the palette."""

    def __init__(self, width, height, paper=PAPER):
        self.width, self.height, self.paper = width, height, paper
        self.defs, self.marks = [], []
        if paper:
            self.rect(0, 0, width, height, fill=paper)

    # Shapes

    def _add(self, shape, fill=None, stroke=None, weight=0, opacity=None, cap=None, dash=None):
        style = [f'fill="{fill or "none"}"']
        if stroke:
            style.append(f'stroke="{stroke}" stroke-width="{num(weight)}"')
            if cap:
                style.append(f'stroke-linecap="{cap}" stroke-linejoin="{cap}"')
            if dash:
                style.append(f'stroke-dasharray="{dash}"')
        if opacity is not None:
            style.append(f'opacity="{opacity}"')
        self.marks.append(f"<{shape} {' '.join(style)}/>")

    def rect(self, x, y, w, h, rx=0, **style):
        corner = f' rx="{num(rx)}"' if rx else ""
        self._add(f'rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"{corner}', **style)

    def circle(self, x, y, r, **style):
        self._add(f'circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}"', **style)

    def ellipse(self, x, y, rx, ry, **style):
        self._add(f'ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}"', **style)

    def path(self, d, **style):
        self._add(f'path d="{d}"', **style)

    def line(self, x1, y1, x2, y2, colour=INK, weight=2, **style):
        self.path(points((x1, y1), (x2, y2)), stroke=colour, weight=weight, **style)

    def limb(self, x1, y1, x2, y2, width, fill, edge=INK, weight=5):
        """A rounded bar between two joints, with an edge."""
        self.line(x1, y1, x2, y2, edge, width, cap="round")
        self.line(x1, y1, x2, y2, fill, width - 2 * weight, cap="round")

    def gradient(self, name, top, bottom):
        """A fade from `top` to `bottom`, each a colour; returns what `fill` takes. For raster pictures only."""
        self.defs.append(
            f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{top}"/>'
            f'<stop offset="1" stop-color="{bottom}"/></linearGradient>'
        )
        return f"url(#{name})"

    # Lettering

    def text(self, x, y, string, size, face_name="sans", fill=INK, anchor="start", track=0):
        """A horizontal line on the baseline `y`; `track` is space between characters in em. Returns its length."""
        f = face(face_name)
        length = sum(f.advance(c) + track for c in string) * size - track * size * bool(string)
        x -= {"start": 0, "middle": length / 2, "end": length}[anchor]
        pen, scale, at = SVGPathPen(f.glyphs, ntos=num), size / f.em, x
        for char in string:
            f.glyphs[f.glyph(char)].draw(TransformPen(pen, (scale, 0, 0, -scale, at, y)))
            at += (f.advance(char) + track) * size
        self.path(pen.getCommands(), fill=fill)
        return length

    def column(self, x, y, string, size, face_name="serif", fill=INK, track=0):
        """A vertical line hanging from `y`, centred on `x`; ASCII lies on its side. Returns its length."""
        f = face(face_name)
        pen, scale, at = SVGPathPen(f.glyphs, ntos=num), size / f.em, y
        for char in string:
            if char.isascii():
                f.glyphs[f.glyph(char)].draw(TransformPen(pen, (0, scale, scale, 0, x - 0.36 * size, at)))
                at += f.advance(char) * size
            else:
                # The em-box of these faces reaches from 0.88 above the baseline to 0.12 below it.
                f.glyphs[f.glyph(char, vertical=True)].draw(
                    TransformPen(pen, (scale, 0, 0, -scale, x - size / 2, at + 0.88 * size))
                )
                at += (1 + track) * size
        self.path(pen.getCommands(), fill=fill)
        return at - y

    # Printing

    def svg(self, unit="mm"):
        """The sheet as SVG; `unit` is "mm" for a file of its own, "px" for the raster printer."""
        width, height = (f"{num(n / 10)}mm" if unit == "mm" else str(n) for n in (self.width, self.height))
        defs = f"<defs>{''.join(self.defs)}</defs>\n" if self.defs else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {self.width} {self.height}">\n{defs}' + "\n".join(self.marks) + "\n</svg>\n"
        )

    def image(self):
        raster = resvg_py.svg_to_bytes(svg_string=self.svg("px"), skip_system_fonts=True)
        return Image.open(io.BytesIO(bytes(raster))).convert("RGB")

    def save(self, path):
        """Writes the sheet in the format of the name's ending; raster files carry 300 pixels an inch."""
        if path.suffix == ".svg":
            path.write_text(self.svg(), encoding="utf-8")
        elif path.suffix == ".png":
            self.image().save(path, optimize=True, dpi=(300, 300))
        else:
            self.image().save(path, quality=88, subsampling=0, optimize=True, dpi=(300, 300))
