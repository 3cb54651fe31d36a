"""verapdf.py [--flavours 2a,ua1 | --report 2a,ua1] FILE.pdf… : veraPDF finds the file compliant with each flavour (2a 2b 2u 3a ua1 …).

With --report the verdicts are told and no file fails for them; a file that veraPDF cannot read fails always.
"""
import sys

from tools import JAVA, Verdicts, classpath, need, run, verapdf_jars

mode, flavours, files = "--flavours", "2a,ua1", sys.argv[1:]
if files[:1] in (["--flavours"], ["--report"]):
    mode, flavours, *files = files
need("veraPDF", "java", verapdf_jars()[0])
verdicts = Verdicts("veraPDF")
_, printed = run(*JAVA, "-cp", classpath(*verapdf_jars()), "VeraPdfAll", flavours, *files)
judged, unreadable = [], set()
for line in printed.splitlines():
    if line.startswith(("compliant\t", "not compliant\t", "unreadable\t")):
        verdict, flavour, file = line.split("\t")
        judged.append((file, flavour, verdict, []))
    elif line.startswith("  ") and judged:
        judged[-1][3].append(line.strip())
for file, flavour, verdict, clauses in judged:
    fails = verdict == "unreadable" or (mode == "--flavours" and verdict != "compliant")
    note = f"{flavour}: {verdict}" + (f", {len(clauses)} clauses broken" if clauses and not fails else "")
    verdicts.say(file, clauses or [verdict] if fails else [], note, told=() if fails else clauses)
if len(judged) != len(files) * len(flavours.split(",")):
    verdicts.say(" ".join(files), ["veraPDF did not judge every file", *printed.splitlines()[-5:]])
verdicts.end()
