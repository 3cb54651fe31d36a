"""suite.py : `make test`, all of it: format, lints, documentation, tests, then every output before the judges.

Each step goes on after another's failure, so that one run tells all. The last line counts what ran: `N passed, N failed`.
"""
import os
import re
import shutil
import subprocess
import sys
import time

from tools import HERE, ROOT

CARGO_TESTS = re.compile(r"test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored")
PYTHON = sys.executable
DENY = {"RUSTDOCFLAGS": "-D warnings"}
# A checkout that is built once gains nothing from what a second build would use: gigabytes less on the disk.
ONCE = {"CARGO_INCREMENTAL": "0"} if os.environ.get("CI") else {}


class Count:
    passed = failed = skipped = 0


def step(name, *command, counts=None, **environment):
    """Runs one command, shows what it prints, and counts its tests, or the command itself as one."""
    print(f"\n== {name}", flush=True)
    before, started = (Count.passed, Count.failed), time.monotonic()
    running = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env={**os.environ, **ONCE, **environment}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )
    for line in running.stdout:
        print(line, end="", flush=True)
        if counts == "cargo" and (told := CARGO_TESTS.search(line)):
            passed, failed, skipped = map(int, told.groups())
            Count.passed, Count.failed, Count.skipped = Count.passed + passed, Count.failed + failed, Count.skipped + skipped
        elif counts == "judges":
            Count.passed += line.startswith("ok  ")
            Count.failed += line.startswith("FAIL")
            Count.skipped += ": did not run, " in line
        elif counts == "own" and (told := re.fullmatch(r"(\d+) passed, (\d+) failed\n", line)):
            Count.passed, Count.failed = Count.passed + int(told[1]), Count.failed + int(told[2])
    code = running.wait()
    if counts is None:
        Count.passed, Count.failed = Count.passed + (code == 0), Count.failed + (code != 0)
    elif code and Count.failed == before[1]:
        Count.failed += 1
    elif not code and (Count.passed, Count.failed) == before:
        Count.failed += 1
        print(f"{name}: nothing ran")
    print(f"   {time.monotonic() - started:.0f} s{f', exit code {code}' if code else ''}", flush=True)
    return code == 0


def main():
    step("format", "cargo", "fmt", "--check")
    step("lints", "cargo", "clippy", "--all-targets", "--quiet", "--", "-D", "warnings")
    step("documentation", "cargo", "doc", "--no-deps", "--quiet", **DENY)
    if shutil.which("cargo-deny"):
        step("dependencies", "cargo", "deny", "check")
    else:
        print("\n== dependencies\ncargo-deny: did not run, it is not installed (cargo install cargo-deny)")
    step("tests", "cargo", "test", "--no-fail-fast", counts="cargo")
    step("the judges on files of known faults", PYTHON, HERE / "selftest" / "run.py", ROOT / "target" / "judges" / "selftest", counts="own")
    step("the comparison on pages of known faults", PYTHON, HERE / "selftest" / "survival.py", counts="own")
    if step("program", "cargo", "build", "--quiet"):
        step("publications", PYTHON, HERE / "outputs.py", counts="judges")
    skipped = f", {Count.skipped} skipped" if Count.skipped else ""
    print(f"\n{Count.passed} passed, {Count.failed} failed{skipped}")
    sys.exit(1 if Count.failed or not Count.passed else 0)


main()
