"""poppler.py FILE.pdf… : poppler's pdftotext reads the lines in our order.

The order meant is that of the page's content as pdf.js gives it. A line (four characters or more, white space aside) is judged by where it stands
in poppler's text of the page, read with -raw: the longest rising sequence of places holds every line but running heads and folios, of
which a page may have FURNITURE. Without -raw poppler guesses the order of blocks from positions; in vertical pages whose columns start at
different heights (an indent is enough) the guess goes wrong for every producer, so that is counted and told, and is no fault.
"""
import sys
from bisect import bisect_left

from tools import Unreadable, Verdicts, need, pdf_pages, run

SHORTEST = 4  # characters: a shorter line stands in many places
FURNITURE = 2  # lines of a page


def squeeze(text):
    return "".join(text.split())


def lines(page):
    """The page's lines: items up to the end of a line, each as its own pieces where poppler may see two lines in one."""
    for item in page["items"]:
        yield squeeze(item["text"])


def out_of_order(ours, theirs):
    """Lines that poppler has elsewhere, and lines that it has not at all."""
    places, missing, cursor = [], [], 0
    for line in ours:
        place = theirs.find(line, cursor)
        if place == -1:
            place = theirs.find(line)
        if place == -1:
            missing.append(line)
            continue
        places.append((place, line))
        cursor = place + len(line)
    rising, last = [], []
    for place, _ in places:
        at = bisect_left(rising, place)
        last.append(at)
        rising[at : at + 1] = [place]
    kept, wanted = set(), len(rising) - 1
    for number in range(len(places) - 1, -1, -1):
        if last[number] == wanted:
            kept.add(number)
            wanted -= 1
    return [line for number, (_, line) in enumerate(places) if number not in kept], missing


need("poppler", "pdftotext")
verdicts = Verdicts("poppler")
for file in sys.argv[1:]:
    code, text = run("pdftotext", "-raw", "-enc", "UTF-8", file, "-")
    _, guessed = run("pdftotext", "-enc", "UTF-8", file, "-")
    try:
        pages = pdf_pages("poppler", file)
    except Unreadable as fault:
        verdicts.say(file, [str(fault)])
        continue
    if code:
        verdicts.say(file, text.splitlines()[:5])
        continue
    faults, count, other = [], 0, 0
    for page, theirs, guess in zip(pages, text.split("\f"), guessed.split("\f")):
        ours = [line for line in lines(page) if len(line) >= SHORTEST]
        count += len(ours)
        strayed, missing = out_of_order(ours, squeeze(theirs))
        other += len(out_of_order(ours, squeeze(guess))[0]) > FURNITURE
        if len(strayed) > FURNITURE:
            faults.append(f"page {page['page']}: {len(strayed)} of {len(ours)} lines elsewhere: " + " ".join(f"「{s[:12]}」" for s in strayed[:3]))
        if missing:
            faults.append(f"page {page['page']}: {len(missing)} of {len(ours)} lines not there: " + " ".join(f"「{s[:12]}」" for s in missing[:3]))
    if not count:
        faults.append("no lines")
    verdicts.say(file, faults, f"{count} lines; its own guess of the order differs on {other} of {len(pages)} pages")
verdicts.end()
