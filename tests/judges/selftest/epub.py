"""A small EPUB written by hand, vertical or horizontal, and its broken sisters: what the judges of EPUB are tried on.

epub.py FOLDER writes good-vertical.epub, good-horizontal.epub and bad-*.epub, and manuscript-epub.jsonl (text_survives.py).
"""
import json
import sys
import zipfile
from pathlib import Path

TEXT = [
    "「米舖開了六十年，」店主說：「由父親那一代起，街坊都在這裏買米。」他指着門外的石階——那是一九六三年鋪的。",
    "到了2025年，整條街只剩下兩家。",
    "每逢星期日，他仍然五時起牀，把一百斤白米搬到舖面，再用毛筆寫上價錢。日子久了，字也成了招牌。",
    "有人問他為何不退休，他只說：「米是要天天吃的。」",
]
ACCESS = """
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">Text with one picture that is described.</meta>"""
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8"/></svg>'

CONTAINER_NAME = "META-INF/container.xml"


def page(title, body, extra=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-Hant-HK" xml:lang="zh-Hant-HK">
<head><title>{title}</title><link rel="stylesheet" href="style.css"/>{extra}</head>
<body>{body}</body>
</html>"""


def write(path, mode="vertical-rl", spine="rtl", access=ACCESS, alt='alt="一把秤"', link="two.xhtml", script="", change=lambda text: text):
    nav = page(
        "目錄",
        '<nav epub:type="toc" role="doc-toc" aria-label="目錄"><h1>目錄</h1><ol><li><a href="one.xhtml">米舖</a></li>'
        f'<li><a href="{link}">街坊</a></li></ol></nav>',
    )
    chapters = {
        "one.xhtml": page(
            "米舖",
            f'<section epub:type="chapter" role="doc-chapter" aria-labelledby="t1"><h1 id="t1">米舖</h1>'
            f'<figure><img src="scale.svg" {alt}/><figcaption>▲店主與他的秤。</figcaption></figure>'
            + "".join(f"<p>{text}</p>" for text in TEXT * 12)
            + "</section>",
            script,
        ),
        "two.xhtml": page(
            "街坊",
            '<section epub:type="chapter" role="doc-chapter" aria-labelledby="t2"><h1 id="t2">街坊</h1>'
            + "".join(f"<p>{text}</p>" for text in map(change, TEXT * 6))
            + "</section>",
        ),
    }
    package = f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-Hant-HK">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:5f1f6c0e-3c2b-5a5e-9a4e-0d2f7d3c1b11</dc:identifier>
    <dc:title>灣仔最後的米舖</dc:title><dc:language>zh-Hant-HK</dc:language><dc:creator>記者</dc:creator>
    <dc:date>2025-03-06</dc:date><dc:publisher>出版</dc:publisher><dc:source>灣仔</dc:source>
    <meta property="dcterms:modified">2025-03-06T00:00:00Z</meta>{access}
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="one" href="one.xhtml" media-type="application/xhtml+xml"{' properties="scripted"' if script else ''}/>
    <item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
    <item id="css" href="style.css" media-type="text/css"/>
    <item id="scale" href="scale.svg" media-type="image/svg+xml"/>
  </manifest>
  <spine page-progression-direction="{spine}"><itemref idref="one"/><itemref idref="two"/></spine>
</package>"""
    style = f"html {{ -webkit-writing-mode: {mode}; writing-mode: {mode}; }} body {{ margin: 0 }} p {{ margin: 0; text-indent: 2em }} img {{ height: 6em }}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as epub:
        epub.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        epub.writestr(CONTAINER_NAME, CONTAINER)
        for name, text in {"package.opf": package, "nav.xhtml": nav, "style.css": style, "scale.svg": PICTURE, **chapters}.items():
            epub.writestr(f"EPUB/{name}", text)


def manuscript(path):
    units = [{"kind": "heading", "text": "米舖"}, {"kind": "caption", "text": [{"set": ["▲", "◀"]}, "店主與他的秤。"]}]
    units += [{"kind": "paragraph", "text": text} for text in TEXT * 12]
    units += [{"kind": "heading", "text": "街坊"}, *({"kind": "paragraph", "text": text} for text in TEXT * 6)]
    Path(path).write_text("".join(json.dumps(unit, ensure_ascii=False) + "\n" for unit in units), encoding="utf-8")


def main(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "good-vertical.epub")
    write(folder / "good-horizontal.epub", mode="horizontal-tb", spine="ltr")
    write(folder / "bad-link.epub", link="three.xhtml")
    write(folder / "bad-access.epub", access="", alt="")
    write(folder / "bad-mode.epub", mode="horizontal-tb")
    write(folder / "bad-direction.epub", spine="ltr")
    write(folder / "bad-console.epub", script="<script>console.error(1)</script>")
    write(folder / "bad-text.epub", change=lambda text: text.replace("招牌", "招"))
    manuscript(folder / "manuscript-epub.jsonl")
    (folder / "bad-syntax.epub").write_bytes((folder / "good-vertical.epub").read_bytes()[:900])


main(sys.argv[1])
