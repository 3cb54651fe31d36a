"""look.py [PUBLICATION] : pictures for eyes in target/look/: a contact sheet and each page of the PDF, as newspaper and as book, and the
EPUB in foliate-js, all in both writing modes."""
import shutil
import sys

from pathlib import Path

from contact import png, sheet, thumbnails
from outputs import MODES, PROGRAM
from tools import HERE, NODE, ROOT, need, run

# What each PDF is made as: a name, and what is set for it beside the writing mode.
FORMS = {
    "newspaper-a3": ("output.pdf.layout=newspaper", "output.pdf.page=A3"),
    "newspaper-broadsheet": ("output.pdf.layout=newspaper", "output.pdf.page=broadsheet"),
    "book": ("output.pdf.layout=book", "output.pdf.page=A5"),
}

publication = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "book")
need("look", "pdftoppm", NODE)
good = True
for mode, writing in MODES.items():
    look = ROOT / "target" / "look" / f"{publication.resolve().name}-{mode}"
    shutil.rmtree(look, ignore_errors=True)
    look.mkdir(parents=True)
    for form, keys in FORMS.items():
        folder, file = look / form, look / f"{form}.pdf"
        folder.mkdir()
        told = [part for key in (f"typography.writing-mode={writing}", *keys) for part in ("--set", key)]
        code, printed = run(PROGRAM, "pdf", publication, "-o", file, *told)
        print(printed, end="")
        good = good and code == 0
        print(run("pdftoppm", "-r", "110", "-png", file, folder / "page")[1], end="")
        contact = sheet(thumbnails(file, folder), mode == "vertical")
        if contact:
            png(contact, look / f"{form}.png")
    epub = look / "book.epub"
    code, printed = run(PROGRAM, "epub", publication, "-o", epub, "--set", f"typography.writing-mode={writing}")
    print(printed, end="")
    good = good and code == 0
    print(run(NODE, HERE / "foliate.mjs", "--pages", "12", "--out", look, epub)[1], end="")
    print(f"{len(list(look.rglob('*.png')))} pictures in {look.relative_to(ROOT)}")
sys.exit(0 if good else 1)
