"""compare.py COMMITTED.ttf MADE.ttf : says whether two faces are equal, table by table; exit 1 where they are not."""
import sys

from fontTools.ttLib import TTFont

committed, made = (TTFont(path, lazy=True) for path in sys.argv[1:3])
differ = []
for table in sorted(set(committed.reader.keys()) | set(made.reader.keys())):
    old, new = (font.reader[table] if table in font.reader.keys() else b"" for font in (committed, made))
    if table == "head":  # all but the checksum of the whole file and the time of the last change
        old, new = (head[:8] + head[12:28] + head[36:] for head in (old, new))
    if old != new:
        differ.append(f"{table} ({len(old)} and {len(new)} bytes)")
for what, old, new in [
    ("glyphs", committed["maxp"].numGlyphs, made["maxp"].numGlyphs),
    ("characters", len(committed.getBestCmap()), len(made.getBestCmap())),
]:
    if old != new:
        differ.append(f"{old} and {new} {what}")
if committed.getBestCmap().keys() != made.getBestCmap().keys():
    differ.append("not the same characters")
print(f"{sys.argv[2]}: " + ("differs: " + ", ".join(differ) if differ else "equal in every table"))
sys.exit(bool(differ))
