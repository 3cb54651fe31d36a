"""Tries every judge on files that are good and on files that are broken in one way each; a judge that lets one pass, fails.

run.py FOLDER: writes the files there and ends with a line `N passed, N failed`. While nothing in tests/judges has changed since
the last run without a failure, its count is told again.
"""
import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools import HERE, NODE, run  # noqa: E402

PYTHON = sys.executable
GOOD_PDF = ["good-vertical.pdf", "good-horizontal.pdf"]

# The judge's command, the files that it must pass, the files that it must fail.
TRIALS = [
    ([PYTHON, HERE / "epubcheck.py"], ["good-vertical.epub", "good-horizontal.epub"], ["bad-link.epub", "bad-syntax.epub"]),
    ([PYTHON, HERE / "ace.py"], ["good-vertical.epub"], ["bad-access.epub", "bad-syntax.epub"]),
    (
        [NODE, HERE / "foliate.mjs", "--expect", "vertical-rl", "--pages", "4"],
        ["good-vertical.epub"],
        ["good-horizontal.epub", "bad-mode.epub", "bad-direction.epub", "bad-console.epub", "bad-syntax.epub"],
    ),
    ([PYTHON, HERE / "qpdf.py"], GOOD_PDF, ["bad-syntax.pdf"]),
    ([PYTHON, HERE / "pdffonts.py"], GOOD_PDF, ["bad-unembedded.pdf", "bad-no-unicode.pdf", "bad-syntax.pdf"]),
    ([PYTHON, HERE / "pdfjs.py"], GOOD_PDF, ["bad-radical.pdf", "bad-no-unicode.pdf", "bad-syntax.pdf"]),
    ([PYTHON, HERE / "poppler.py"], GOOD_PDF, ["bad-syntax.pdf"]),
    ([PYTHON, HERE / "verapdf.py", "--report", "2b"], GOOD_PDF, ["bad-syntax.pdf"]),
    ([PYTHON, HERE / "verapdf.py", "--flavours", "2u"], GOOD_PDF, ["bad-no-unicode.pdf", "bad-unembedded.pdf", "bad-syntax.pdf"]),
    ([PYTHON, HERE / "verapdf.py", "--flavours", "ua1"], [], GOOD_PDF),  # they have no tags
    (
        [PYTHON, HERE / "text_survives.py", "manuscript.jsonl"],
        GOOD_PDF,
        [f"bad-{how}.pdf" for how in ("lost", "added", "replaced", "swapped", "order", "radical", "no-unicode", "syntax")],
    ),
    (
        [PYTHON, HERE / "text_survives.py", "--poppler", "manuscript.jsonl"],
        GOOD_PDF,
        [f"bad-{how}.pdf" for how in ("lost", "added", "replaced", "swapped", "order", "syntax")],
    ),
    ([PYTHON, HERE / "text_survives.py", "manuscript-epub.jsonl"], ["good-vertical.epub"], ["bad-text.epub"]),
]


def state():
    """A hash of all scripts, so of all that a run depends on but the judges themselves, whose versions the scripts name."""
    sources = sorted(path for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def main(folder):
    kept = Path(folder) / "passed"
    if kept.exists() and kept.read_text().startswith(state()):
        print(kept.read_text().split("\n", 1)[1])
        return
    for maker in ("pdf.py", "epub.py"):
        code, printed = run(PYTHON, HERE / "selftest" / maker, folder)
        if code:
            sys.exit(printed)
    passed = failed = skipped = 0
    for command, good, bad in TRIALS:
        code, printed = run(*command, *good, *bad, cwd=folder)
        if code == 77:
            print(printed.strip())
            skipped += 1
            continue
        lines = printed.splitlines()
        for file, wanted in [(file, "ok  ") for file in good] + [(file, "FAIL") for file in bad]:
            verdict = next((line[:4] for line in lines if line[:4] in ("ok  ", "FAIL") and f": {file}" in line), "none")
            right = verdict == wanted
            passed, failed = passed + right, failed + (not right)
            if not right:
                print(f"{Path(command[1]).name} on {file}: wanted {wanted.strip()}, got {verdict.strip()}\n{printed}")
        if bad and code != 1 or not bad and code:
            failed += 1
            print(f"{Path(command[1]).name}: exit code {code}\n{printed}")
    if not failed and not skipped:
        kept.write_text(f"{state()}\n{passed} passed, 0 failed")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main(sys.argv[1])
