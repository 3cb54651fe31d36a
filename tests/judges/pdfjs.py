"""pdfjs.py [--manuscript FOLDER] FILE.pdf… : pdf.js reads text on the pages, and every character of it is one that a person types.

Not typed: Kangxi and CJK radicals (U+2E80–2FDF), vertical presentation forms (U+FE10–FE1F, U+FE30–FE4F), the replacement character
U+FFFD, private-use characters, controls; but for those that a text file of the manuscript does hold. pdf.js gives characters as
ToUnicode has them; other readers mend and so hide them.
"""
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from tools import Unreadable, Verdicts, pdf_pages

NOT_TYPED = [(0x2E80, 0x2FDF), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFFFD, 0xFFFD)]


def untyped(character):
    return unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") or any(
        first <= ord(character) <= last for first, last in NOT_TYPED
    )


typed, files = set(), sys.argv[1:]
if files[0] == "--manuscript":
    _, folder, *files = files
    for path in Path(folder).rglob("*"):
        if path.suffix in (".md", ".toml", ".svg"):
            typed.update(path.read_text(encoding="utf-8", errors="replace"))
verdicts = Verdicts("pdf.js")
for file in files:
    try:
        pages = pdf_pages("pdf.js", file)
    except Unreadable as fault:
        verdicts.say(file, [str(fault)])
        continue
    found, first = Counter(), {}
    for page in pages:
        for character in "".join(item["text"] for item in page["items"]):
            found[character] += 1
            first.setdefault(character, page["page"])
    faults = [
        f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}, {found[character]} times, first on page {first[character]}"
        for character in sorted(found)
        if untyped(character) and character not in typed
    ]
    if not found:
        faults.append("no text")
    verdicts.say(file, faults, f"{len(pages)} pages, {found.total()} characters, {len(found)} distinct")
verdicts.end()
