"""ace.py FILE.epub… : Ace by DAISY finds no violation of EPUB Accessibility (every page is loaded in Chromium)."""
import json
import os
import sys
import tempfile

from tools import CHROMIUM, NODE, TOOLS, Verdicts, need, run

ace = TOOLS / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
need("Ace", NODE, CHROMIUM, ace)
verdicts = Verdicts("Ace")
environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": CHROMIUM, "PATH": f"{TOOLS / 'bin'}:{os.environ['PATH']}"}
for file in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as out:
        code, printed = run(NODE, ace, "-E", "-s", "-f", "-o", out, file, env=environment)
        try:
            with open(f"{out}/report.json", encoding="utf-8") as text:
                report = json.load(text)
        except (OSError, ValueError):
            verdicts.say(file, ["no report", *printed.splitlines()[-5:]])
            continue
    faults = []
    for page in report["assertions"]:
        for assertion in page["assertions"]:
            test = assertion["earl:test"]
            faults.append(f"{test['earl:impact']} {test['dct:title']} in {page['earl:testSubject']['url']}: {assertion['earl:result']['dct:description'][:160]}")
    if not faults and (code or report["earl:result"]["earl:outcome"] != "pass"):
        faults.append(f"exit code {code}, outcome {report['earl:result']['earl:outcome']}")
    verdicts.say(file, faults)
verdicts.end()
