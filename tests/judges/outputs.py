"""outputs.py [--all] [--built] : builds the publications in both writing modes and puts every output before the judges;
then profile `css` before Chromium (lines.py).

Publications: book/ (as a newspaper and as a book), docs/ and what lies in ../shared/bench, as far as they exist; BOOKS="a b" names others. The program is the one that
cargo built (BANXIN names another); outputs go to target/judged/. --built judges what lies there. --all adds what `make validate`
judges beyond `make test`: the accessibility of every EPUB, and PDF/A-2a with PDF/UA-1 of every PDF, not of the sample's alone.
"""
import os
import subprocess
import sys
from pathlib import Path

from tools import HERE, NODE, ROOT, run

MODES = {"vertical": "vertical-rl", "horizontal": "horizontal-tb"}
OUT = ROOT / "target" / "judged"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = os.environ.get("BANXIN", TARGET / "debug" / "banxin")
# The program's own walk of its model, in the form that text_survives.py reads: PUBLICATION MODE.
MANUSCRIPT = ["cargo", "run", "--quiet", "--example", "survival", "--"]


def publications():
    named = os.environ.get("BOOKS")
    if named:
        return [Path(name) for name in named.split()]
    bench = sorted((ROOT / ".." / "shared" / "bench").glob("*/book.toml"))
    own = [ROOT / name / "book.toml" for name in ("book", "docs")]
    return [path.parent for path in [*own, *bench] if path.exists()]


def forms():
    """Each publication with its name and the keys set for it; the sample as its newspaper and as a book."""
    for publication in publications():
        name = ("bench-" if publication.parent.name == "bench" else "") + publication.resolve().name
        yield publication, name, []
        if publication.resolve() == ROOT / "book":
            yield publication, f"{name}-pages", ["output.pdf.layout=book", "output.pdf.page=A5"]


def build(publication, name, mode, keys=()):
    """Both packages of a publication in one writing mode; a line for the verdict."""
    folder = OUT / f"{name}-{mode}"
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.epub"), *folder.glob("*.pdf")]:
        old.unlink()
    told = [part for key in (f"typography.writing-mode={MODES[mode]}", *keys) for part in ("--set", key)]
    code, printed = run(PROGRAM, "build", publication, "-o", folder, *told)
    made = [*folder.glob("*.epub"), *folder.glob("*.pdf")]
    good = code == 0 and len(made) == 2
    print(f"{'ok  ' if good else 'FAIL'} build: {name} {mode}" + ("" if good else f" (exit code {code})"))
    if not good:
        print("\n".join(f"       {line}" for line in printed.splitlines()[:20]))
    return made if good else []


def build_attached(publication):
    """The PDF of a publication with its manuscript inside, alone."""
    file = OUT / f"{publication.resolve().name}-attached" / "book.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    code, printed = run(PROGRAM, "pdf", publication, "-o", file, "--attach-source")
    print(f"{'ok  ' if code == 0 else 'FAIL'} build: {publication} with its source" + ("" if code == 0 else f"\n{printed[:800]}"))
    return [file.relative_to(ROOT)] if code == 0 else []


def promises(file):
    """Whether the program itself finds that a PDF keeps what it promises."""
    code, printed = run(PROGRAM, "check", "--pdf", ROOT / file)
    print(f"{'ok  ' if code == 0 else 'FAIL'} check --pdf: {file}" + ("" if code == 0 else f"\n{printed[:800]}"))
    return code == 0


def judge(script, *arguments):
    """Runs a judge with its own output; whether it passed all or did not run."""
    command = [NODE] if script.endswith(".mjs") else [sys.executable]
    return subprocess.run([str(part) for part in (*command, HERE / script, *arguments)], cwd=ROOT).returncode in (0, 77)


def unhinted(publication, name, mode, keys, file):
    """A PDF without the hint of its direction, at which PDFium turns the text of its lines round: the manual tells of it."""
    if mode != "vertical":
        return file
    plain = OUT / f"{name}-{mode}-unhinted" / file.name
    plain.parent.mkdir(parents=True, exist_ok=True)
    plain.unlink(missing_ok=True)
    told = [f"typography.writing-mode={MODES[mode]}", *keys, "output.pdf.direction-hint=false"]
    run(PROGRAM, "pdf", publication, "-o", plain, *(part for key in told for part in ("--set", key)))
    return plain.relative_to(ROOT)


def survives(publication, name, mode, keys, files):
    """The comparison of every PDF with the manuscript, as the program's own walk of its model tells it."""
    good = True
    for file in files:
        # What cargo says while it builds is no part of the walk.
        walk = subprocess.run([*MANUSCRIPT, str(publication), MODES[mode], *keys], cwd=ROOT, capture_output=True, check=False)
        code = walk.returncode
        listed = OUT / f"{name}-{mode}" / "pdf.jsonl"
        listed.write_bytes(walk.stdout)
        if code:
            print(f"FAIL text survives: {file}\n       {walk.stderr.decode('utf-8', 'replace')[:400]}")
        read = [judge("text_survives.py", *reader, listed, file) for reader in ([], ["--poppler"])]
        read.append(judge("text_survives.py", "--pdfium", listed, unhinted(publication, name, mode, keys, file)))
        good = code == 0 and all(read) and good
    return good


def main(arguments):
    every = "--all" in arguments
    good, sets = True, []
    for publication, name, keys in forms():
        for mode in MODES:
            folder = OUT / f"{name}-{mode}"
            built = [*folder.glob("*.epub"), *folder.glob("*.pdf")]
            files = built if "--built" in arguments else build(publication, name, mode, keys)
            good = good and bool(files)
            sets.append((publication, name, mode, keys, sorted(path.relative_to(ROOT) for path in files)))
    everything = [file for *_, files in sets for file in files]
    epubs = [file for file in everything if file.suffix == ".epub"]
    pdfs = [file for file in everything if file.suffix == ".pdf"]
    sample = [file for file in epubs if every or not file.parent.name.startswith("bench-")]
    verdicts = [judge("epubcheck.py", *epubs), judge("ace.py", *sample)] if epubs else [False]
    for mode, writing_mode in MODES.items():
        shown = [file for file in sample if file.parent.name.endswith(mode)]
        verdicts.append(not shown or judge("foliate.mjs", "--expect", writing_mode, *shown))
    if pdfs:
        verdicts += [judge("qpdf.py", *pdfs), judge("pdffonts.py", *pdfs), judge("poppler.py", *pdfs)]
        verdicts.append(all([promises(file) for file in pdfs]))
        archived = [file for file in pdfs if every or file.parent.name.startswith("book")] or pdfs
        verdicts.append(judge("verapdf.py", "--flavours", "2a,ua1", *archived))
        attached = build_attached(sets[0][0])
        verdicts.append(bool(attached) and judge("verapdf.py", "--flavours", "3a,ua1", *attached) and judge("qpdf.py", *attached))
    for publication, name, mode, keys, files in sets:
        own = [file for file in files if file.suffix == ".pdf"]
        verdicts.append(not own or judge("pdfjs.py", "--manuscript", publication, *own))
        verdicts.append(survives(publication, name, mode, keys, own))
    verdicts.append(judge("lines.py"))
    sys.exit(0 if good and everything and all(verdicts) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
