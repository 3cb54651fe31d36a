"""make.py : draws the small faces of this folder, which tests use where the bundled ones have nothing to show.

Needs fontTools. Every glyph is a frame or a bar, so that a test can tell sizes and places from its ink. They are in the
public domain (CC0).
"""
import os

from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FOLDER = os.path.dirname(os.path.abspath(__file__))


def box(left, bottom, right, top, hole=0):
    """A filled rectangle, or a frame as thick as `hole`."""
    pen = TTGlyphPen(None)
    rectangles = [[(left, bottom), (left, top), (right, top), (right, bottom)]]
    if hole:
        left, bottom, right, top = left + hole, bottom + hole, right - hole, top - hole
        rectangles.append([(left, bottom), (right, bottom), (right, top), (left, top)])
    for points in rectangles:
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def make(name, glyphs, cmap, lines, **more):
    """Writes a face. `glyphs`: name to (advance, drawing); `lines`: units per em, ascent, descent."""
    em, up, down = lines
    glyphs = {".notdef": (em, box(0, 0, em // 2, em // 2, em // 20)), **glyphs}
    builder = FontBuilder(em, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap, uvs=more.get("variants", []))
    builder.setupGlyf({glyph: drawing for glyph, (_, drawing) in glyphs.items()})
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({glyph: (advance, getattr(table[glyph], "xMin", 0)) for glyph, (advance, _) in glyphs.items()})
    builder.setupHorizontalHeader(ascent=up, descent=down)
    family = f"Banxin Test {name.title()}"
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "") + "-Regular"})
    heights = {key: more[key] for key in ("sxHeight", "sCapHeight") if key in more}
    builder.setupOS2(version=4, sTypoAscender=up, sTypoDescender=down, usWinAscent=up, usWinDescent=-down, fsType=0, **heights)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    if "features" in more:
        addOpenTypeFeaturesFromString(builder.font, more["features"])
    if "colours" in more:
        builder.font["COLR"] = buildCOLR(more["colours"], version=0)
        builder.font["CPAL"] = buildCPAL([[(1.0, 0.8, 0.0, 1.0)]])
    builder.font.recalcTimestamp = False
    builder.save(os.path.join(FOLDER, f"{name}.ttf"))


# A Chinese face whose em-box stands lower than that of the bundled ones, with variants of characters.
HAN = {"ge": "葛", "shen": "神", "biang": "\U00030EDE", "tian": "田"}
make(
    "variants",
    {
        **{name: (1000, box(50, -90, 950, 810, 60)) for name in HAN},
        "ge.first": (1000, box(100, -40, 900, 760, 60)),
        "ge.second": (1000, box(150, 10, 850, 710, 60)),
        "shen.old": (1000, box(200, 60, 800, 660, 60)),
    },
    {ord(c): name for name, c in HAN.items()},
    (1000, 860, -140),
    variants=[(ord("葛"), 0xE0100, "ge.first"), (ord("葛"), 0xE0101, "ge.second"), (ord("神"), 0xFE00, "shen.old")],
)

# Emoji in outlines, wider than the em, with sequences.
EMOJI = {"smile": "😀", "heart": "❤", "thumb": "👍", "woman": "👩", "rocket": "🚀", "skin": "🏽", "h": "🇭", "k": "🇰", "one": "1", "play": "▶", "key": "\u20E3"}
SEQUENCES = {"astronaut": "woman joiner rocket", "thumb.skin": "thumb skin", "flag": "h k", "one.key": "one key"}
make(
    "emoji",
    {
        **{name: (2550, box(150, -300, 2400, 1950, 150)) for name in [*EMOJI, *SEQUENCES]},
        "joiner": (0, box(0, 0, 0, 0)),
    },
    {**{ord(c): name for name, c in EMOJI.items()}, 0x200D: "joiner"},
    (2048, 1900, -500),
    features="feature ccmp {\n" + "".join(f"  sub {parts} by {whole};\n" for whole, parts in SEQUENCES.items()) + "} ccmp;",
)

# Emoji in colours alone: what stands for the character itself is empty.
make(
    "colour",
    {"smile": (1000, TTGlyphPen(None).glyph()), "layer": (1000, box(50, 0, 950, 900))},
    {ord("😀"): "smile"},
    (1000, 900, -100),
    colours={"smile": [("layer", 0)]},
)

# A face of words: Latin with low small letters and no ñ, Hebrew, and a mark that finds its letter.
LATIN = {c: c for c in "abcdefghijklmnopqrstuvwxyzHN"}
HEBREW = {"shin": "ש", "lamed": "ל", "vav": "ו", "mem": "ם"}
WIDTHS = {"shin": 700, "lamed": 500, "vav": 300, "mem": 600}
make(
    "words",
    {
        **{name: (500, box(50, 0, 450, 640 if name.isupper() else 400)) for name in LATIN},
        **{name: (width, box(50, 0, width - 50, 500)) for name, width in WIDTHS.items()},
        "iota": (300, box(50, 0, 250, 400)),
        "hat": (0, box(-300, 450, -200, 550)),
    },
    {**{ord(c): name for name, c in {**LATIN, **HEBREW}.items()}, 0x3B9: "iota", 0x302: "hat"},
    (1000, 800, -200),
    sxHeight=400,
    sCapHeight=640,
    features="markClass hat <anchor -250 450> @TOP;\nfeature mark {\n  pos base q <anchor 250 450> mark @TOP;\n} mark;",
)
