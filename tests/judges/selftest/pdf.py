"""A small PDF/A-2u written by hand, vertical or horizontal, and its broken sisters: what the judges of PDF are tried on.

pdf.py FOLDER writes good-vertical.pdf, good-horizontal.pdf and bad-*.pdf, and manuscript.jsonl (text_survives.py).
"""
import io
import json
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FACE = Path(__file__).resolve().parents[3] / "fonts" / "NotoSerifCJKhk-Regular.ttf"
SIZE, PITCH, MEASURE, LINES, PAGE = 12, 20, 20, 10, (300, 340)
PARAGRAPHS = [
    "灣仔最後的米舖",
    "「米舖開了六十年，」店主說：「由父親那一代起，街坊都在這裏買米。」他指着門外的石階——那是一九六三年鋪的。",
    "到了2025年，整條街只剩下兩家。",
    "每逢星期日，他仍然五時起牀，把一百斤白米搬到舖面，再用毛筆寫上價錢。日子久了，字也成了招牌。",
    "有人問他為何不退休，他只說：「米是要天天吃的。」",
]
ID = "62616e78696e2d6a75646765732d3031"
XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="U"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
CAPTION = "店主與他的秤。"


class Face:
    """A subset with glyphs for all texts, and for vertical text the alternates of the feature `vert`."""

    def __init__(self, text, vertical):
        options = subset.Options(layout_features=["vert"], notdef_outline=True, glyph_names=False)
        font = TTFont(FACE)
        maker = subset.Subsetter(options)
        maker.populate(text=text)
        maker.subset(font)
        self.characters, self.font = font.getBestCmap(), font
        self.alternates = {}
        if vertical:
            table = font["GSUB"].table
            for record in table.FeatureList.FeatureRecord:
                if record.FeatureTag == "vert":
                    for index in record.Feature.LookupListIndex:
                        for part in table.LookupList.Lookup[index].SubTable:
                            part = getattr(part, "ExtSubTable", part)
                            if hasattr(part, "mapping"):
                                self.alternates.update(part.mapping)
        for tag in ("GSUB", "GPOS", "GDEF", "BASE"):
            if tag in font:
                del font[tag]
        out = io.BytesIO()
        font.save(out)
        self.data = out.getvalue()

    def glyph(self, character):
        name = self.characters[ord(character)]
        return self.font.getGlyphID(self.alternates.get(name, name))

    def widths(self):
        return [self.font["hmtx"][name][0] for name in self.font.getGlyphOrder()]


def to_unicode(pairs):
    rows = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in sorted(pairs.items())]
    blocks = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
        for part in (rows[start : start + 100] for start in range(0, len(rows), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Text def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{blocks}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def lines_of(paragraphs):
    """Greedy lines; a paragraph starts with two empty cells. The caption stands between the second and the third."""
    lines = []
    for number, text in enumerate(paragraphs):
        first = MEASURE - 2
        lines.append((2, text[:first]))
        lines += [(0, text[start : start + MEASURE]) for start in range(first, len(text), MEASURE)]
        if number == 1:
            lines.append((0, "▲" + CAPTION))
    return lines


def write(path, vertical, paragraphs=PARAGRAPHS, *, embed=True, unicode=True, spell=lambda c: c, order=lambda lines: lines):
    everything = "".join(PARAGRAPHS + paragraphs) + CAPTION + "▲灣仔街坊0123456789"
    face = Face(everything, vertical)
    across = Face(everything, False) if vertical else face
    objects = [b""] * 2

    def add(body):
        objects.append(body if isinstance(body, bytes) else body.encode())
        return len(objects)

    def stream(data, entries=""):
        packed = zlib.compress(data)
        return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"

    def font(face, encoding, tag):
        file = add(stream(face.data, f"/Length1 {len(face.data)}"))
        name = f"{tag}+NotoSerifCJKhk-Regular"
        descriptor = add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 -300 2500 1100] /ItalicAngle 0 "
            f"/Ascent 880 /Descent -120 /CapHeight 730 /StemV 80 {f'/FontFile2 {file} 0 R' if embed else ''} >>"
        )
        widths = " ".join(map(str, face.widths()))
        vertical_metrics = "/DW2 [880 -1000]" if encoding == "Identity-V" else ""
        descendant = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            f"/Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [{widths}]] {vertical_metrics} >>"
        )
        table = add(stream(to_unicode({face.glyph(c): spell(c) for c in sorted(set(everything))})))
        return add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [{descendant} 0 R] "
            f"{f'/ToUnicode {table} 0 R' if unicode else ''} >>"
        )

    grey = add("[/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>]")
    metadata = add(
        f"<< /Type /Metadata /Subtype /XML /Length {len(XMP)} >>\nstream\n".encode() + XMP + b"\nendstream"
    )
    upright = font(across, "Identity-H", "BANXIH")
    body = font(face, "Identity-V", "BANXIV") if vertical else upright
    code = lambda face, text: "<" + "".join(f"{face.glyph(c):04X}" for c in text) + ">"
    lines, pages = lines_of(paragraphs), []
    for start in range(0, len(lines), LINES):
        ink = [f"BT /H 1 Tf 9 0 0 9 40 {PAGE[1] - 25} Tm {code(across, '灣仔街坊')} Tj ET"]
        for number, (indent, text) in order(list(enumerate(lines[start : start + LINES]))):
            if vertical:
                x, y = PAGE[0] - 40 - number * PITCH, PAGE[1] - 50 - indent * SIZE
            else:
                x, y = 40 + indent * SIZE, PAGE[1] - 60 - number * PITCH
            half = max(1, len(text) // 2)
            shown = " ".join(f"{code(face, part)} Tj" for part in (text[:half], text[half:]) if part)
            ink.append(f"BT /B 1 Tf {SIZE} 0 0 {SIZE} {x} {y} Tm {shown} ET")
        ink.append(f"BT /H 1 Tf 9 0 0 9 40 25 Tm {code(across, str(len(pages) + 1))} Tj ET")
        content = add(stream("\n".join(ink).encode()))
        pages.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents {content} 0 R "
                f"/Resources << /Font << /H {upright} 0 R /B {body} 0 R >> /ColorSpace << /DefaultGray {grey} 0 R >> >> >>"
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-HK) /Metadata %d 0 R >>" % metadata
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{page} 0 R' for page in pages)}] /Count {len(pages)} >>".encode()
    out = bytearray(b"%PDF-1.7\n%\xe7\x89\x88\xe5\xbf\x83\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /ID [<{ID}> <{ID}>] >>\nstartxref\n{table}\n%%EOF\n".encode()
    Path(path).write_bytes(out)


def manuscript(path):
    units = [{"kind": "paragraph", "text": text} for text in PARAGRAPHS]
    units.insert(2, {"kind": "caption", "flow": "figures", "text": [{"set": ["▲", "▼", "◀", "▶"]}, CAPTION]})
    pages = -(-len(lines_of(PARAGRAPHS)) // LINES)
    units += [{"kind": "running-head", "page": page, "set": "灣仔街坊"} for page in range(1, pages + 1)]
    units += [{"kind": "folio", "page": page, "set": str(page)} for page in range(1, pages + 1)]
    Path(path).write_text("".join(json.dumps(unit, ensure_ascii=False) + "\n" for unit in units), encoding="utf-8")


def main(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "good-vertical.pdf", True)
    write(folder / "good-horizontal.pdf", False)
    changed = lambda old, new: [text.replace(old, new) for text in PARAGRAPHS]
    write(folder / "bad-lost.pdf", True, changed("斤白米", "斤米"))
    write(folder / "bad-added.pdf", True, changed("招牌。", "招牌。。"))
    write(folder / "bad-replaced.pdf", True, changed("毛筆", "毛米"))
    write(folder / "bad-swapped.pdf", True, [PARAGRAPHS[0], *PARAGRAPHS[2:], PARAGRAPHS[1]])
    write(folder / "bad-order.pdf", True, order=lambda lines: lines[::-1])
    write(folder / "bad-radical.pdf", True, spell=lambda c: {"日": "\u2f47"}.get(c, c))
    write(folder / "bad-unembedded.pdf", True, embed=False)
    write(folder / "bad-no-unicode.pdf", True, unicode=False)
    broken = (folder / "good-vertical.pdf").read_bytes()
    (folder / "bad-syntax.pdf").write_bytes(broken[: len(broken) // 2])
    manuscript(folder / "manuscript.jsonl")


main(sys.argv[1])
