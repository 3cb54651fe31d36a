"""qpdf.py FILE.pdf… : qpdf finds the file's syntax, streams and cross-references sound, without a warning."""
import sys

from tools import Verdicts, need, run

need("qpdf", "qpdf")
verdicts = Verdicts("qpdf")
for file in sys.argv[1:]:
    code, printed = run("qpdf", "--check", file)
    verdicts.say(file, printed.splitlines() if code else [])
verdicts.end()
