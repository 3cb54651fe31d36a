"""lines.py [--show N] [--font FILE[#NAME]] : paragraphs, pairs of marks and line starts, as Chromium sets them and as profile `css` does.

1. Every paragraph of prose/ (and some of ../shared/bench, where it exists), in its language, at several measures, in both directions: the
   same breaks in at least 95 %. The others are sorted by the clause of CSS that leaves the difference open; what none names is `unexplained`.
2. Every pair of neighbouring marks in every tradition and direction: lengths within 0.02 em. Which marks give their blank at a line's end.
3. Which characters may start a line, at each level of `line-break`, in Chinese and in Japanese: every character of the classes that the
   levels speak of, and others.

The face is the bundled one, named to both; --font names another, of a collection by its family's name. Fails under 95 %, for any pair out of tolerance, and for line starts under 99 %.
"""
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tools import CHROMIUM, HERE, NODE, ROOT, TOOLS, need

JUDGE = "css lines"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = os.environ.get("BANXIN", TARGET / "debug" / "banxin")
FONT = str(ROOT / "fonts" / "NotoSerifCJKhk-Regular.ttf")
MODES = ["horizontal-tb", "vertical-rl"]
LEVELS = ["strict", "normal", "loose"]
MEASURES = [10, 12.5, 16, 20, 25, 33, 40]
BENCH_PARAGRAPHS = 60
SAME = 0.95
STARTS = 0.99
TOLERANCE = 0.02

# Marks of all classes that `text-spacing-trim` knows, with neighbours that it leaves alone.
MARKS = "「」『』（）《》〈〉【】〔〕〖〗〘〙〚〛｟｠［］｛｝〝〞〟“”‘’、。，．：；！？・·‧…—～／\u3000字あア()[]{}｢｣!?,.:;a1％￥々ー"
# Line starts: whole blocks, in which every class of UAX #14 that `line-break` speaks of occurs, and single characters from elsewhere.
BLOCKS = [
    (0x21, 0x7E), (0xA1, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF),
    (0x2460, 0x2473), (0x2500, 0x2510), (0x25A0, 0x25CF), (0x2600, 0x2617), (0x266A, 0x266F), (0x2768, 0x2775), (0x27E6, 0x27EB),
    (0x2983, 0x2998), (0x29D8, 0x29DB), (0x2E00, 0x2E5D), (0x2E80, 0x2E8F), (0x3000, 0x312F), (0x31A0, 0x321E), (0x3220, 0x33FF),
    (0xFE10, 0xFE19), (0xFE30, 0xFE4F), (0xFE50, 0xFE6B), (0xFF01, 0xFF9F), (0xFFE0, 0xFFE6), (0x1B132, 0x1B132), (0x1B150, 0x1B167),
    (0x1F100, 0x1F10C), (0x1F200, 0x1F202),
]


def languages():
    """The prose: language and paragraphs."""
    found = {}
    for file in sorted((HERE / "prose").glob("*.txt")):
        found[file.stem] = [line for line in file.read_text(encoding="utf-8").splitlines() if line]
    bench = sorted((ROOT / ".." / "shared" / "bench").glob("*/articles/*.md"))
    plain = []
    for file in bench:
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        parts = (part.strip() for part in body.split("\n\n"))
        plain += [part for part in parts if len(part) > 40 and "\n" not in part and not set(part) & set("#*_`[]{}|<>^\\~!&")]
    if plain:
        found["zh-HK (bench)"] = random.Random(3).sample(plain, min(BENCH_PARAGRAPHS, len(plain)))
    return found


def chromium(tasks):
    """The browser's version and its answers."""
    text = "".join(json.dumps(task) + "\n" for task in tasks)
    done = subprocess.run([str(NODE), str(HERE / "lines.mjs"), FONT], input=text, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        print(f"FAIL {JUDGE}: Chromium did not answer\n       {(done.stdout + done.stderr)[-400:]}")
        sys.exit(done.returncode if done.returncode == 77 else 1)
    version, *answers = map(json.loads, done.stdout.splitlines())
    return version, answers


def ours(jobs):
    """The program's answers, lines as lists of glyphs with them."""
    text = "".join(json.dumps({"profile": "css", **job}) + "\n" for job in jobs)
    done = subprocess.run([str(PROGRAM), "inspect", "lines"], input=text, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        print(f"FAIL {JUDGE}: {done.stderr[:400]}")
        sys.exit(1)
    return [json.loads(line) for line in done.stdout.splitlines()]


def job(text, lang, mode, measure, level="normal"):
    settings = {"font": FONT, "line-break": level}
    return {"text": text, "lang": lang, "mode": mode, "measure_em": measure, "set": settings}


def clause(theirs, own):
    """The clause that leaves the first difference of two settings open."""
    for a, b in zip(theirs, own):
        if a == b:
            continue
        longer, shorter = max(a, b, key=len), min(a, b, key=len)
        left = longer[len(shorter) :]
        if any(c in "’‘“”" for c in left[:2] + shorter[-1:]):
            return "CSS Text 3 §5.1: curly quotes are of UAX #14 class QU, tailored by the content language"
        if any(c in "、。，．：；" for c in longer.rstrip()[-1:]):
            return "CSS Text 4 §9.5: whether a full stop at the line's end gives its blank is up to the user agent"
        if any(c.isascii() and not c.isspace() for c in left[:2] + shorter[-2:]):
            return "CSS Text 3 §5.1: breaks in Western words and numbers are those of the user agent's dictionary"
        return "unexplained"
    return "unexplained"


def paragraphs(prose, show):
    """Part 1; whether it passed."""
    tasks = [
        {"text": text, "lang": name.split()[0], "mode": mode, "level": "normal", "measure": measure, "name": name}
        for name, texts in prose.items() for text in texts for mode in MODES for measure in MEASURES
    ]
    version, theirs = chromium(tasks)
    own = ours([job(task["text"], task["lang"], task["mode"], task["measure"]) for task in tasks])
    print(f"     {version}, face {Path(FONT).name}; " + ", ".join(f"{name} {len(texts)} paragraphs" for name, texts in prose.items()))
    same, total, classes, shown = Counter(), Counter(), Counter(), 0
    for task, a, answer in zip(tasks, theirs, own):
        key = (task["name"], task["mode"])
        total[key] += 1
        b = [line["text"] for line in answer["lines"]]
        # On which line a space at the edge is counted is nobody's business.
        a, b = ([line.strip(" ") for line in lines] for lines in (a, b))
        if a == b:
            same[key] += 1
            continue
        classes[clause(a, b)] += 1
        if shown < show:
            shown += 1
            print(f"     {task['lang']} {task['mode']} {task['measure']} em")
            for x, y in zip(a, b):
                print(f"       {x}" if x == y else f"       Chromium {x}\n       css      {y}")
                if x != y:
                    break
    for key in total:
        print(f"     {key[0]:14} {key[1]:14} {same[key]:4} of {total[key]:4}  {100 * same[key] / total[key]:.1f} %")
    for name, count in classes.most_common():
        print(f"     {count:4} × {name}")
    part = sum(same.values()) / sum(total.values())
    return verdict(part >= SAME and min(same[key] / total[key] for key in total) >= SAME, f"breaks of {sum(total.values())} paragraphs: {100 * part:.2f} % the same")


def pairs(show):
    """Part 2."""
    strings = [f"字{a}{b}字" for a in MARKS for b in MARKS]
    tasks = [{"strings": strings, "lang": lang, "mode": mode} for lang in ("zh-HK", "zh-TW", "zh-CN", "ja") for mode in MODES]
    _, theirs = chromium(tasks)
    jobs = [job(text, task["lang"], task["mode"], 100) for task in tasks for text in strings]
    answers = iter(ours(jobs))
    off = Counter()
    for task, lengths in zip(tasks, theirs):
        for text, length in zip(strings, lengths):
            lines = next(answers)["lines"]
            own = lines[0]["set_em"] if lines else 0
            if abs(own - length) > TOLERANCE:
                off[(task["lang"], task["mode"])] += 1
                if off.total() <= show:
                    print(f"     {task['lang']} {task['mode']} {text}: Chromium {length}, css {own}")
    ends = [f"字字{mark}" for mark in MARKS] + [f"字{a}{b}" for a in "」）。，”" for b in "」）。，”"]
    edges = [{"text": text, "lang": lang, "mode": mode, "measure": 2.6} for lang in ("zh-HK", "zh-CN", "ja") for mode in MODES for text in ends]
    _, theirs = chromium(edges)
    own = ours([job(task["text"], task["lang"], task["mode"], task["measure"]) for task in edges])
    for task, a, answer in zip(edges, theirs, own):
        b = [line["text"] for line in answer["lines"]]
        if a != b:
            off[(task["lang"], task["mode"])] += 1
            print(f"     {task['lang']} {task['mode']} at a line's end: Chromium {a}, css {b}")
    return verdict(not off, f"{len(strings)} pairs of marks × {len(tasks)}: {off.total()} differ by more than {TOLERANCE} em or end otherwise")


def starts(show):
    """Part 3."""
    characters = [chr(c) for first, last in BLOCKS for c in range(first, last + 1)]
    tasks, jobs = [], []
    for lang in ("zh-HK", "ja"):
        for level in LEVELS:
            for c in characters:
                text = f"字{c}字"
                tasks.append({"text": text, "lang": lang, "mode": "horizontal-tb", "level": level, "measure": 0})
                jobs.append(job(text, lang, "horizontal-tb", 0.01, level))
    _, theirs = chromium(tasks)
    wrong, total = Counter(), Counter()
    for task, a, answer in zip(tasks, theirs, ours(jobs)):
        key = (task["lang"], task["level"])
        total[key] += 1
        b = [line["text"] for line in answer["lines"]]
        if a != b:
            wrong[key] += 1
            if wrong.total() <= show:
                print(f"     {key[0]} {key[1]} U+{ord(task['text'][1]):04X} Chromium {'|'.join(a)} css {'|'.join(b)}")
    for key in total:
        print(f"     {key[0]:6} {key[1]:7} {total[key] - wrong[key]} of {total[key]} characters")
    part = 1 - wrong.total() / total.total()
    return verdict(part >= STARTS, f"line starts of {len(characters)} characters at {len(total)} levels: {100 * part:.2f} % the same")


def verdict(good, told):
    print(f"{'ok  ' if good else 'FAIL'} {JUDGE}: {told}", flush=True)
    return good


def main(arguments):
    global FONT
    need(JUDGE, NODE, CHROMIUM, str(TOOLS / "node_modules" / "puppeteer-core"), str(PROGRAM))
    show = int(arguments[arguments.index("--show") + 1]) if "--show" in arguments else 5
    FONT = arguments[arguments.index("--font") + 1] if "--font" in arguments else FONT
    verdicts = [paragraphs(languages(), show), pairs(show), starts(show)]
    sys.exit(0 if all(verdicts) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
