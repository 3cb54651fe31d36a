"""look.py [PUBLICATION] : pictures for eyes in target/look/: each page of the PDF, and the EPUB in foliate-js, in both writing modes."""
import shutil
import sys

from pathlib import Path

from outputs import MODES, build
from tools import HERE, NODE, ROOT, need, run

publication = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "book")
need("look", "pdftoppm", NODE)
name = publication.resolve().name
for mode in MODES:
    folder = ROOT / "target" / "look" / f"{name}-{mode}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in build(publication, name, mode):
        if file.suffix == ".pdf":
            print(run("pdftoppm", "-r", "110", "-png", file, folder / "pdf")[1], end="")
        else:
            print(run(NODE, HERE / "foliate.mjs", "--pages", "12", "--out", folder, file)[1], end="")
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}")
