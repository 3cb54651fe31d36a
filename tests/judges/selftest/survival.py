"""Cases of text_survives.py that a page can hold: breaks, what the program sets, ruby, spaces, hyphens, and each fault.

A page is a list of lines, a line a list of items as pdf.js gives them. Ends with a line `N passed, N failed`.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from text_survives import Comparison, Hints, Output, Unit  # noqa: E402

LONG = "每逢星期日，他仍然五時起牀，把一百斤白米搬到舖面。"
FOLIOS = [{"kind": "folio", "set": "1", "page": 1}, {"kind": "folio", "set": "2", "page": 2}]

LINES = [{"kind": "line", "number": number, "page": 1, "text": text} for number, text in enumerate(["香港很小。", "香港"])]

# Name, manuscript, pages, the beginnings of the faults wanted.
CASES = [
    ("a line break takes nothing", [LONG], [[[LONG[:9]], [LONG[9:]]]], []),
    ("a page break lets furniture through", [LONG, *FOLIOS], [[[LONG[:9]], ["1"]], [["2"], [LONG[9:]]]], []),
    ("a figure stands in the middle", [LONG, {"text": "店主與秤。", "flow": "f"}], [[[LONG[:9]], ["店主與秤。"], [LONG[9:]]]], []),
    ("furniture that looks like the text", ["１２３１２３一二三四", *FOLIOS], [[["１２３"], ["1"]], [["2"], ["１２３一二三四"]]], []),
    ("a note's number is the program's", [{"text": ["米舖", {"set": "1"}, "開了。"]}], [[["米舖"], ["1"], ["開了。"]]], []),
    ("the pointer by where the picture lies", [{"text": [{"set": ["▲", "◀"]}, "秤。"]}], [[["◀秤。"]]], []),
    ("a pointer missing", [{"text": [{"set": ["▲", "◀"]}, "秤。"]}], [[["秤。"]]], ["lost", "nobody wrote"]),
    ("a pointer not set, as allowed", [{"text": [{"set": ["▲", ""]}, "秤。"]}], [[["秤。"]]], []),
    ("ruby after its base", [{"text": ["漢", {"ruby": "かん"}, "字"]}], [[["漢"], ["かん"], ["字"]]], []),
    ("ruby after the line", [{"text": ["漢", {"ruby": "かん"}, "字"]}], [[["漢字"], ["かん"]]], []),
    ("ruby lost", [{"text": ["漢", {"ruby": "かん"}, "字"]}], [[["漢字"]]], ["lost"]),
    ("a space at a line's end", ["the old shop"], [[["the old"], ["shop"]]], []),
    ("a space lost inside a line", ["the old shop"], [[["the oldshop"]]], ["space lost"]),
    ("a hyphen at a line's end", ["the neighbourhood"], [[["the neigh-"], ["bourhood"]]], []),
    ("a hyphen inside a line", ["the neighbourhood"], [[["the neigh-bourhood"]]], ["lost", "nobody wrote"]),
    ("a wide space is a space", ["一\u3000二"], [[["一 二"]]], []),
    ("a character lost", [LONG], [[[LONG[:9]], [LONG[10:]]]], ["lost", "nobody wrote"]),
    ("a character added", [LONG], [[[LONG + "。"]]], ["nobody wrote"]),
    ("a character replaced", [LONG], [[[LONG.replace("日", "\u2f47")]]], ["lost", "nobody wrote"]),
    ("a line twice", [LONG], [[[LONG[:9]], [LONG[:9]], [LONG[9:]]]], ["nobody wrote"]),
    ("a paragraph twice", [LONG], [[[LONG], [LONG]]], ["nobody wrote"]),
    ("lines in the wrong order", [LONG], [[[LONG[9:]], [LONG[:9]]]], ["lost", "nobody wrote"]),
    ("paragraphs in the wrong order", ["甲。", "乙。"], [[["乙。"], ["甲。"]]], ["out of order"]),
    ("cells that are equal", ["1", "1", "2"], [[["1"], ["1"], ["2"]]], []),
    ("one of two equal cells lost", ["1", "1", "2"], [[["1"], ["2"]]], ["lost"]),
    ("a folio lost", [LONG, FOLIOS[0]], [[[LONG]]], ["lost"]),
    ("a folio on the wrong page", [LONG, *FOLIOS], [[[LONG[:9]], ["2"]], [["1"], [LONG[9:]]]], ["lost", "lost", "nobody", "nobody"]),
    ("a word that stands elsewhere too", [*LINES, {"text": "香港", "lines": [1]}, {"text": "香港很小。", "lines": [0], "flow": "f"}],
     [[["香港很小。"], ["香港"]]], []),
    ("told lines in the wrong order", [*LINES, {"text": "香港", "lines": [1]}, {"text": "香港很小。", "lines": [0]}],
     [[["香港很小。"], ["香港"]]], ["out of order"]),
    ("a told line of other words", [*LINES, {"text": "香江", "lines": [1]}, {"text": "香港很小。", "lines": [0], "flow": "f"}],
     [[["香港很小。"], ["香港"]]], ["lost", "nobody wrote"]),
    ("told lines that are not there", [*LINES, {"text": "九龍", "lines": [1]}, {"text": "九龍不小。", "lines": [0], "flow": "f"}],
     [[["九龍"], ["九龍不小。"]]], []),
    ("a marker before the told line", [*LINES, {"text": [{"set": ["・", ""]}, "香港"], "lines": [1]}, {"text": "香港很小。", "flow": "f"}],
     [[["香港很小。"], ["・"], ["香港"]]], []),
    ("all of it lost", [LONG], [[["。"]]], ["lost", "nobody wrote"]),
]


def pages(lines_of_pages):
    for number, lines in enumerate(lines_of_pages, 1):
        items = [{"text": text, "eol": text is line[-1]} for line in lines for text in line]
        yield {"page": number, "items": items}


passed = failed = 0
for name, manuscript, output, wanted in CASES:
    entries = [{"text": entry} if isinstance(entry, str) else entry for entry in manuscript]
    lines = [entry for entry in entries if entry.get("kind") == "line"]
    units, output = [Unit(entry, 1) for entry in entries if entry not in lines], Output(pages(output))
    faults = Comparison(output, units, Hints(output, lines)).run()
    right = len(faults) == len(wanted) and all(map(str.startswith, sorted(faults), sorted(wanted)))
    passed, failed = passed + right, failed + (not right)
    if not right:
        print(f"{name}: wanted {wanted}, got {faults}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
