"""pdffonts.py FILE.pdf… : every font is embedded, a subset, and says which characters its glyphs are (ToUnicode)."""
import sys

from tools import Verdicts, need, run

need("pdffonts", "pdffonts")
verdicts = Verdicts("pdffonts")
for file in sys.argv[1:]:
    code, printed = run("pdffonts", file)
    lines = printed.splitlines()
    dashes = next((number for number, line in enumerate(lines) if line.startswith("----")), None)
    faults = [printed.strip()] if code or dashes is None else []
    fonts = lines[dashes + 1 :] if dashes is not None else []
    for font in fonts:
        # name, type, encoding (the first two may hold spaces), emb, sub, uni, object number and generation
        *name, embedded, subset, unicode, _, _ = font.split()
        for what, said in (("embedded", embedded), ("a subset", subset), ("with ToUnicode", unicode)):
            if said != "yes":
                faults.append(f"{' '.join(name)}: not {what}")
    if not fonts:
        faults.append("no font at all")
    verdicts.say(file, faults, f"{len(fonts)} fonts")
verdicts.end()
