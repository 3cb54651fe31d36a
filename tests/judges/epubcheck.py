"""epubcheck.py FILE.epub… : EPUBCheck finds no fatal fault, no error and no warning; all files in one Java machine."""
import json
import sys
import tempfile

from tools import JAVA, Verdicts, classpath, epubcheck_jar, need, run

need("EPUBCheck", "java", epubcheck_jar())
verdicts = Verdicts("EPUBCheck")
files = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    reports = [f"{folder}/{number}.json" for number in range(len(files))]
    pairs = [name for pair in zip(files, reports) for name in pair]
    _, printed = run(*JAVA, "-cp", classpath(epubcheck_jar()), "EpubCheckAll", *pairs)
    for file, path in zip(files, reports):
        try:
            with open(path, encoding="utf-8") as text:
                report = json.load(text)
        except (OSError, ValueError) as fault:
            verdicts.say(file, [f"no report: {fault}", *printed.splitlines()[-5:]])
            continue
        faults = [
            f"{message['severity']} {message['ID']}: {message['message']} "
            + (f"({place['path']}:{place['line']}:{place['column']})" if (place := (message["locations"] or [None])[0]) else "")
            for message in report["messages"]
            if message["severity"] in ("FATAL", "ERROR", "WARNING")
        ]
        checker = report["checker"]
        counted = checker["nFatal"] + checker["nError"] + checker["nWarning"]
        if counted and not faults:
            faults = [f"{counted} faults counted"]
        verdicts.say(file, faults, f"EPUBCheck {checker['checkerVersion']}, {checker['nUsage']} notes on usage")
verdicts.end()
