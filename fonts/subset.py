"""subset.py IN.ttc INDEX OUT.otf : one face of a collection, with the characters and features of fonts/SOURCES.md kept.

Character sets come from files of Debian packages: `locales` (BIG5-HKSCS) and `unicode-data` (Unihan),
and from Python's own tables of Big5, GB 2312 and JIS X 0208.
"""
import bz2
import gzip
import io
import re
import sys

import uharfbuzz as hb
from fontTools.ttLib import TTFont

CHARMAP = "/usr/share/i18n/charmaps/BIG5-HKSCS.gz"
UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"
FEATURES = "vert vrt2 halt vhal palt vpal kern vkrn fwid hwid pwid locl ruby ccmp liga dlig mark mkmk".split()
SCRIPTS = "DFLT cyrl grek hani kana latn".split()

# Not Han, and not wanted either: Hangul in all its blocks, combining circles, the open box, reversed marks.
LEFT_OUT = [
    (0x1100, 0x11FF), (0x20D0, 0x20FF), (0x2400, 0x243F), (0x2E00, 0x2E7F), (0x3130, 0x318F), (0x3200, 0x321E),
    (0x3260, 0x327E), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC),
]
HAN = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]


def inside(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def codec_set(codec):
    """Every character that a two-byte code of Python's codec stands for."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x30, 0xFF):
            try:
                found.update(map(ord, bytes([lead, trail]).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


def hkscs():
    """BIG5-HKSCS of the C library: Python's own table is of 2004 and lacks the later characters."""
    found = set()
    with gzip.open(CHARMAP, "rt", errors="replace") as lines:
        for line in lines:
            entry = re.match(r"((?:<U[0-9A-F]{4,8}>)+)\s", line)
            if entry:
                found.update(int(code, 16) for code in re.findall(r"<U([0-9A-F]+)>", entry[1]))
    return found


def unihan(table, key, wanted=None):
    """Characters that have the Unihan property `key`, with one of the letters `wanted` in its value."""
    found = set()
    with bz2.open(UNIHAN % table, "rt") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] == key and (wanted is None or set(fields[2]) & set(wanted)):
                found.add(int(fields[0][2:], 16))
    return found


def wanted_han():
    return (
        codec_set("big5") | codec_set("gb2312") | codec_set("shift_jis") | hkscs()
        | unihan("IRGSources", "kIRG_HSource") | unihan("DictionaryLikeData", "kUnihanCore2020", "HT")
        | set(range(0x4E00, 0xA000))
    )


def tags(names):
    return [int.from_bytes(name.encode(), "big") for name in names]


def with_hong_kong_languages_only(collection, index):
    """The face as bytes, its layout tables knowing no language system but the default and ZHH."""
    font = TTFont(collection, fontNumber=index, recalcTimestamp=False)
    for table in (font["GSUB"].table, font["GPOS"].table):
        for record in table.ScriptList.ScriptRecord:
            record.Script.LangSysRecord = [s for s in record.Script.LangSysRecord if s.LangSysTag == "ZHH "]
            record.Script.LangSysCount = len(record.Script.LangSysRecord)
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def main(collection, index, target):
    face = hb.Face(hb.Blob(with_hong_kong_languages_only(collection, int(index))))
    han = wanted_han()
    keep = {c for c in face.unicodes if not inside(c, LEFT_OUT) and (c in han or not inside(c, HAN))}
    request = hb.SubsetInput()
    request.unicode_set.update(keep)
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.update(tags(FEATURES))
    request.layout_script_tag_set.clear()
    request.layout_script_tag_set.update(tags(SCRIPTS))
    for names in (request.name_id_set, request.name_lang_id_set):
        names.clear()
        names.invert()
    request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    subset = request.subset(face)
    with open(target, "wb") as out:
        out.write(subset.blob.data)
    print(f"{target}: {len(keep)} characters, {subset.glyph_count} glyphs")


main(*sys.argv[1:4])
