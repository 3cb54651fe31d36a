"""The text of an EPUB in spine order, in the form that pdf_text.mjs gives for a PDF: one page a file, one item a run of text.

epub_text.py FILE.epub prints it, one JSON object a line. A line ends with every block; the navigation document and `head` are left out.
"""
import json
import posixpath
import sys
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"
INLINE = set("a abbr b bdi bdo cite code del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span strong sub sup u wbr".split())
CONTAINER = "META-INF/container.xml"


def epub_pages(path):
    with zipfile.ZipFile(path) as epub:
        parse = lambda name: ElementTree.fromstring(epub.read(name))
        package_name = parse(CONTAINER).find(".//{*}rootfile").get("full-path")
        package = parse(package_name)
        manifest = {item.get("id"): item for item in package.find("{*}manifest")}
        for number, reference in enumerate(package.find("{*}spine"), 1):
            item = manifest[reference.get("idref")]
            if "nav" in (item.get("properties") or "").split():
                continue
            name = posixpath.normpath(posixpath.join(posixpath.dirname(package_name), unquote(item.get("href"))))
            items = []
            body = parse(name).find(f"{XHTML}body")
            if body is not None:
                walk(body, items)
            yield {"file": path, "page": number, "label": name, "items": items}


def walk(element, items):
    """Text in document order; each change of element starts an item, so that text set by the program stands by itself."""
    tag = element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else ""
    if tag in ("rp", "script", "style") or not tag:
        return
    block = tag not in INLINE
    if block:
        end_line(items)
    add(items, element.text)
    for child in element:
        walk(child, items)
        add(items, child.tail)
    if block:
        end_line(items)


def add(items, text):
    if text:
        items.append({"text": text, "eol": False})


def end_line(items):
    if items:
        items[-1]["eol"] = True


if __name__ == "__main__":
    for page in epub_pages(sys.argv[1]):
        print(json.dumps(page, ensure_ascii=False))
