"""bench.py [PUBLICATION…] : whole-process times of the release build, beside Typst and pandoc where they are installed.

Each is run three times and the best one told: wall and CPU seconds, peak memory, size of the output. Default: book/ and ../shared/bench/*.
"""
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from outputs import TARGET, publications

RUNS = 3
BANXIN = os.environ.get("BANXIN", str(TARGET / "release" / "banxin"))


def measure(command, output, folder):
    """The best of several runs: wall and CPU seconds, memory in MB; None where a run fails."""
    best = None
    for _ in range(RUNS):
        started = time.monotonic()
        child = os.posix_spawnp(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, fd, folder + "/log", os.O_WRONLY | os.O_CREAT, 0o600) for fd in (1, 2)]
        )
        _, status, usage = os.wait4(child, 0)
        wall = time.monotonic() - started
        if status or not os.path.exists(output):
            return None
        best = min(best or (wall + 1,), (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return best


def rivals(publication, folder):
    """Name, command and output of every run."""
    for kind in ("epub", "pdf"):
        for mode in ("vertical-rl", "horizontal-tb"):
            out = f"{folder}/own-{mode}.{kind}"
            yield f"banxin {kind} {mode}", [BANXIN, kind, str(publication), "-o", out, "--set", f"typography.writing-mode={mode}"], out
    source = publication / "peer.typ"
    if shutil.which("typst") and source.exists():
        yield "typst pdf", ["typst", "compile", str(source), f"{folder}/typst.pdf"], f"{folder}/typst.pdf"
    articles = sorted(map(str, publication.glob("articles/*.md")))
    if shutil.which("pandoc") and articles:
        out = f"{folder}/pandoc.epub"
        yield "pandoc epub", ["pandoc", f"--resource-path={publication / 'articles'}", *articles, "-o", out], out


for publication in map(Path, sys.argv[1:]) if sys.argv[1:] else publications():
    print(f"{publication}\n  {'':28}{'wall s':>8}{'CPU s':>8}{'MB':>8}{'output MB':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for name, command, output in rivals(publication, folder):
            best = measure(command, output, folder)
            told = "failed" if best is None else f"{best[0]:8.2f}{best[1]:8.2f}{best[2]:8.0f}{os.path.getsize(output) / 1e6:11.2f}"
            print(f"  {name:28}{told}", flush=True)
