"""text_survives.py [--poppler|--pdfium] MANUSCRIPT.jsonl FILE.pdf|FILE.epub|EXTRACTED.jsonl : all of the manuscript's text is in the output, and no more.

The manuscript is one JSON object a line, in reading order, of two sorts:

  {"kind": "paragraph", "text": TEXT, "flow": "body", "source": "articles/01.md:12", "page": 3}
      A unit of the author's text: a paragraph, heading, table cell, caption, note, list item …; it must be found whole,
      every character in its place. Units of one `flow` (default "body") come in the order of the lines; flows are independent,
      so what may move (a figure's caption, a note at the page's foot, ruby) has a flow of its own: "figure:3", "note:7".
      TEXT is a string, or an array of strings and of
        {"set": "1"}, {"set": ["▲", "▼", ""]}   what the program sets at this place; of several one must be there, "" for nothing;
        {"ruby": "かん"}                         a reading: after its base, or an item of its own within a page of it.
      "lines": [40, 41] are the composed lines that hold the unit, as far as the program tells them; see below.
  {"kind": "folio", "set": "12", "page": 12, "optional": false}
      What the program sets by itself: running heads, folios, labels, the contents. `set` as above; `page` counts from 1.
  {"kind": "line", "number": 40, "text": "香港", "page": 3}
      A composed line where the program says that it stands: a hint and no promise. Lines are looked for one after the other in the
      output; a unit whose lines are all found is held against them alone, so that a short word repeated over and over is taken for
      itself. What the hint does not explain is searched as if there were none.

With --poppler a PDF is read by pdftotext -raw instead of pdf.js, with --pdfium by PDFium. A unit may be broken wherever pdf.js starts another item (a line, a
column, a page), with anything between the halves that is accounted for elsewhere. White space is not compared as characters, since a line
break may take it: a space of the manuscript must be a space or a line's end in the output (pdf.js turns U+3000 into a plain space), and
spaces that the output has beyond the manuscript are counted, and fail with --strict-spaces; a space beside a full-width bracket or stop
may be the blank half of its cell. Characters of category Cf are dropped by pdf.js and so not compared. A hyphen at a line's end inside a
word is the program's. Faults: a unit lost or damaged (with the place), units out of order, characters that nobody wrote.
"""
import json
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict

from epub_text import epub_pages
from tools import Unreadable, Verdicts, pdf_pages, pdfium_pages, poppler_pages

LONG = 8  # characters: from here on a unit is found by its own text; a shorter one only between its neighbours
JUMP_PAGES = 3  # how far on the rest of a broken unit may stand
# Half the cell of these is blank: a space written beside them is that blank.
OPENING, CLOSING = "「『（〔［｛〈《【〖“‘", "」』）〕］｝〉》】〗，。、；：”’"
BUDGET = 20_000  # steps for one unit, before it counts as lost


def blank(character):
    return character.isspace()


def ignored(character):
    return unicodedata.category(character) == "Cf"


class Output:
    """The extracted text as one string without white space, and what is known of each character."""

    def __init__(self, pages):
        text, self.page, self.space, self.line, starts = [], [], [], [], []
        for page in pages:
            space = line = start = True
            for item in page["items"]:
                start = True
                for character in item["text"]:
                    if blank(character):
                        space = start = True
                    elif not ignored(character):
                        if start:
                            starts.append(len(text))
                        text.append(character)
                        self.page.append(page["page"])
                        self.space.append(space)
                        self.line.append(line)
                        space = line = start = False
                line = line or item["eol"]
                space = space or item["eol"]
        self.text, self.starts = "".join(text), starts
        self.is_start = set(starts)
        self.claimed = bytearray(len(text))
        self.by_character = defaultdict(list)
        for place in starts:
            self.by_character[text[place]].append(place)
        self.page_start = {}
        for place, page in enumerate(self.page):
            self.page_start.setdefault(page, place)
        self.last_page = self.page[-1] if self.page else 0

    def end_of_page(self, page):
        later = [self.page_start[p] for p in range(page + 1, self.last_page + 1) if p in self.page_start]
        return later[0] if later else len(self.text)

    def free(self, place):
        return place < len(self.text) and not self.claimed[place]

    def around(self, place, length=12):
        return self.text[place : place + length] or "the end"


class Hints:
    """Where the program says that its lines stand, as far as the output bears it out."""

    def __init__(self, output, entries):
        self.places, cursor = {}, 0
        for entry in entries:
            text = squeeze(entry["text"])
            first = max(cursor, output.page_start.get(entry["page"], len(output.text)))
            place = output.text.find(text, first, output.end_of_page(entry["page"])) if text else -1
            if place != -1:
                self.places[entry["number"]] = range(place, place + len(text))
                cursor = place + len(text)

    def of(self, unit):
        """The places of a unit's lines one after the other, or nothing where a line was not found."""
        found = [self.places.get(number) for number in unit.lines]
        return [] if None in found else [place for stretch in found for place in stretch]


class Unit:
    """One line of the manuscript as tokens: characters, and tuples of strings of which one is there."""

    def __init__(self, entry, number):
        self.kind, self.page = entry.get("kind", "?"), entry.get("page")
        self.flow = entry.get("flow", "body")
        self.source = entry.get("source", f"line {number}")
        self.optional = entry.get("optional", False)
        self.lines = entry.get("lines", [])
        self.set_by_program = "text" not in entry
        parts = {"set": entry["set"]} if self.set_by_program else entry["text"]
        self.tokens, self.after_space, self.rubies = [], set(), {}
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, str):
                self.add_text(part)
            elif "ruby" in part:
                self.rubies[len(self.tokens)] = part["ruby"]
                self.tokens.append((squeeze(part["ruby"]), ""))
            else:
                choices = part["set"] if isinstance(part["set"], list) else [part["set"]]
                self.tokens.append(tuple(squeeze(choice) for choice in choices))
        self.literal = "".join(token for token in self.tokens if isinstance(token, str))
        self.found = None  # (first place, one past the last)

    def add_text(self, text):
        space = False
        for character in text:
            if blank(character):
                space = bool(self.tokens)
            elif not ignored(character):
                if space:
                    self.after_space.add(len(self.tokens))
                self.tokens.append(character)
                space = False

    def name(self):
        shown = self.literal or "/".join(self.tokens[0])
        return f"{self.kind} 「{shown[:16]}{'…' if len(shown) > 16 else ''}」 ({self.source})"


def squeeze(text):
    return "".join(c for c in text if not blank(c) and not ignored(c))


class Match:
    """The search for one unit: depth first, going on where the last item ended before jumping to a later one."""

    def __init__(self, output, unit, last):
        self.output, self.unit, self.last = output, unit, last
        self.steps, self.best = 0, (0, 0)

    def at(self, start):
        """The places of all characters of the unit, one list a token, or None."""
        stack = [(0, start, None, True)]  # token, place, trail, may jump
        tokens, output = self.unit.tokens, self.output
        seen = set()
        while stack:
            token, place, trail, may_jump = stack.pop()
            self.steps += 1
            if self.steps > BUDGET:
                return None
            if token == len(tokens):
                return unwind(trail)
            if (token, place) in seen:
                continue
            seen.add((token, place))
            if may_jump and token and (place in output.is_start or place == len(output.text)):
                stack.extend((token, to, trail, False) for to in reversed(self.jumps(token, place)))
            choices = tokens[token] if isinstance(tokens[token], tuple) else (tokens[token],)
            advanced = False
            for choice in reversed(choices):
                if output.text.startswith(choice, place) and all(map(output.free, range(place, place + len(choice)))):
                    stack.append((token + 1, place + len(choice), (trail, token, place, len(choice)), True))
                    advanced = True
            if not advanced:
                self.best = max(self.best, (token, place))
                if self.is_hyphen(token, place):
                    stack.append((token, place + 1, (trail, None, place, 1), True))
        return None

    def jumps(self, token, place):
        """Later starts of items where the unit may go on, nearest first."""
        output, expected = self.output, self.unit.tokens[token]
        page = output.page[min(place, len(output.text) - 1)]
        limit = min(self.last, output.end_of_page(page + JUMP_PAGES - 1))
        heads = {choice[0] for choice in expected if choice} if isinstance(expected, tuple) else {expected}
        places = []
        for head in heads:
            known = output.by_character[head]
            for to in known[bisect_left(known, place + 1) :]:
                if to >= limit or len(places) > 60:
                    break
                if output.free(to):
                    places.append(to)
        return sorted(places)

    def is_hyphen(self, token, place):
        output = self.output
        return (
            token > 0
            and output.text[place : place + 1] in ("-", "\u2010")
            and place + 1 in output.is_start
            and output.line[place + 1]
            and isinstance(self.unit.tokens[token - 1], str)
            and self.unit.tokens[token - 1].isalpha()
        )


def along(output, unit, places):
    """The unit's steps along these places alone, as `Match.at` gives them, or None. Readings are not in lines."""
    stack = [(0, 0, None)]  # token, how many places are taken, trail
    while stack:
        token, taken, trail = stack.pop()
        if token == len(unit.tokens):
            return unwind(trail)
        expected = unit.tokens[token]
        choices = ("",) if token in unit.rubies else expected if isinstance(expected, tuple) else (expected,)
        advanced = False
        for choice in reversed(choices):
            there = places[taken : taken + len(choice)]
            if len(there) == len(choice) and all(output.text[p] == c and output.free(p) for p, c in zip(there, choice)):
                step = (trail, token, 0, 0) if not there else trail
                for place in there:
                    step = (step, token, place, 1)
                stack.append((token + 1, taken + len(choice), step))
                advanced = True
        if not advanced and taken < len(places):
            here, at_end = places[taken], taken + 1 < len(places) and output.line[places[taken + 1]]
            if at_end and output.text[here] in ("-", "\u2010"):
                stack.append((token, taken + 1, (trail, None, here, 1)))
    return None


def unwind(trail):
    steps = []
    while trail:
        trail, *step = trail
        steps.append(step)
    return steps[::-1]


class Comparison:
    """Finds every unit, claims its characters, and collects faults."""

    def __init__(self, output, units, hints):
        self.output, self.units, self.hints = output, units, hints
        self.faults, self.notes = [], Counter()

    def run(self):
        flows = defaultdict(list)
        for unit in self.units:
            if not unit.set_by_program:
                flows[unit.flow].append(unit)
        # What is known to stand on one page goes first, before its like elsewhere can be taken for it.
        ordered = sorted(flows.values(), key=lambda flow: flow[0].page is None)
        for unit in self.units:
            self.follow(unit)
        for flow in ordered:
            self.find_long(flow)
        loose = []
        for flow in ordered:
            self.find_short(flow, loose)
        # Readings of neighbouring bases may be one item, and one reading spread over its base several;
        # a short one may stand inside a longer one. Only what is nowhere whole may be in pieces.
        loose.sort(key=lambda one: -len(one[0].literal))
        pieces = [(unit, first, last) for unit, first, last in loose if not self.place_among(unit, first, last)]
        for unit, first, last in pieces:
            if not self.place(unit, first, last):
                self.lose(unit, (0, first))
        for unit in self.units:
            if unit.set_by_program:
                self.find_set(unit)
        self.left_over()
        return self.faults

    def follow(self, unit):
        """Claims a unit where its lines are, if it stands there whole."""
        places = [] if unit.set_by_program else self.hints.of(unit)
        if not places:
            return
        # A marker or a pointer may be a line of its own before the first.
        marks = unit.tokens[0] if isinstance(unit.tokens[0], tuple) else ("",)
        before = (range(places[0] - len(mark), places[0]) for mark in marks if places[0] >= len(mark))
        ways = (along(self.output, unit, [*lead, *places]) for lead in before)
        if steps := next(filter(None, ways), None):
            unit.apart = set()
            self.claim(unit, steps)

    def find_long(self, flow):
        cursor = 0
        for unit in flow:
            if unit.found:
                cursor = max(cursor, unit.found[1])
            elif len(unit.literal) >= LONG:
                if self.place(unit, *self.window(unit, cursor, len(self.output.text))):
                    cursor = max(cursor, unit.found[1])

    def find_short(self, flow, loose):
        """What the anchors leave: short units between their neighbours, then whatever stands out of order."""
        cursor = 0
        for number, unit in enumerate(flow):
            if unit.found is None:
                ahead = next((later.found[0] for later in flow[number + 1 :] if later.found), len(self.output.text))
                first, last = self.window(unit, cursor, max(cursor, ahead))
                if not self.place(unit, first, last):
                    best = self.best
                    if self.place(unit, *self.window(unit, 0, len(self.output.text))):
                        self.disorder(unit)
                        continue
                    self.lose(unit, best)
                    continue
            if unit.found[0] < cursor and unit.lines:
                self.disorder(unit)
            cursor = max(cursor, unit.found[1])
            for index, reading in unit.rubies.items():
                if index in unit.apart:
                    page = self.output.page[unit.found[0]]
                    first = self.output.page_start[page]
                    last = self.output.end_of_page(self.output.page[unit.found[1] - 1])
                    loose.append((Unit({"kind": "ruby", "text": reading, "source": unit.source}, 0), first, last))

    def disorder(self, unit):
        self.faults.append(f"out of order: {unit.name()}, found on page {self.output.page[unit.found[0]]}")
        self.notes["out of order"] += 1

    def window(self, unit, first, last):
        if unit.page is None:
            return first, last
        start = self.output.page_start.get(unit.page, len(self.output.text))
        return start, self.output.end_of_page(unit.page)

    def place_among(self, unit, first, last):
        """Claims a reading's characters where they stand together among what is left."""
        output, wanted, place = self.output, unit.literal, first
        while wanted and (place := output.text.find(wanted, place, last)) != -1:
            if not any(output.claimed[place : place + len(wanted)]):
                output.claimed[place : place + len(wanted)] = bytes([1]) * len(wanted)
                return True
            place += 1
        return False

    def place(self, unit, first, last):
        """Claims the unit's characters at the first place in first..last where it stands whole."""
        output, head = self.output, unit.tokens[0] if unit.tokens else None
        unit.apart = set()
        if head is None:
            unit.found = (first, first)
            return True
        match, likeliest = Match(output, unit, last), None
        for start in self.starts(unit, first, last):
            steps = match.at(start)
            if steps:
                self.claim(unit, steps)
                return True
            if match.steps > BUDGET:
                break
            if start == first and match.best[0]:
                likeliest = match.best
        self.best = likeliest or match.best
        return False

    def starts(self, unit, first, last):
        """Places to begin at: where the neighbour ended, then every start of an item with the right character."""
        output = self.output
        if first < last and output.free(first):
            yield first
        heads = next((token for token in unit.tokens if isinstance(token, str)), "")
        leading = unit.tokens[: unit.tokens.index(heads)] if heads else unit.tokens
        wanted = {choice[0] for token in leading for choice in token if choice} | ({heads} if heads else set())
        places = sorted(place for head in wanted for place in self.between(output.by_character[head], first, last))
        yield from (place for place in places if output.free(place))

    @staticmethod
    def between(places, first, last):
        return places[bisect_left(places, first) : bisect_left(places, last)]

    def claim(self, unit, steps):
        output, before = self.output, None
        places = []
        for token, place, length in steps:
            if token in unit.rubies and length == 0:
                unit.apart.add(token)
            for here in range(place, place + length):
                output.claimed[here] = 1
                places.append(here)
            if length and token is not None:
                if before is not None:
                    self.judge_space(unit, token, before, place)
                before = place + length - 1
            elif token is None:
                self.notes["hyphens at line ends"] += 1
        unit.found = (places[0], places[-1] + 1) if places else (0, 0)

    def judge_space(self, unit, token, before, place):
        output = self.output
        there = place != before + 1 or output.space[place]
        blank_of_its_own = output.text[place] in OPENING or output.text[before] in CLOSING
        if token in unit.after_space and not there and not blank_of_its_own:
            self.faults.append(f"space lost before 「{output.around(place)}」 in {unit.name()}, page {output.page[place]}")
        elif token not in unit.after_space and place == before + 1 and output.space[place] and not output.line[place]:
            self.notes["spaces added inside a line"] += 1

    def lose(self, unit, best):
        token, place = best
        told = "".join(t if isinstance(t, str) else f"({'|'.join(t)})" for t in unit.tokens[token : token + 12])
        where = f", page {self.output.page[place]}" if token and place < len(self.output.text) else ""
        how = f": after {token} characters expected 「{told}」, got 「{self.output.around(place)}」{where}" if token else ""
        self.faults.append(f"lost: {unit.name()}{how}")

    def find_set(self, unit):
        first, last = self.window(unit, 0, len(self.output.text))
        if self.place(unit, first, last) or unit.optional:
            return
        self.faults.append(f"lost: {unit.name()}" + (f", page {unit.page}" if unit.page else ""))

    def left_over(self):
        output, place = self.output, 0
        while (place := output.claimed.find(0, place)) != -1:
            end = output.claimed.find(1, place)
            end = len(output.text) if end == -1 else end
            end = min(end, output.end_of_page(output.page[place]))
            self.faults.append(f"nobody wrote, page {output.page[place]}: 「{output.text[place:end][:60]}」 ({end - place} characters)")
            place = end


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


READERS = {"--poppler": poppler_pages, "--pdfium": pdfium_pages}


def extract(path, reader):
    if reader in READERS:
        return READERS[reader]("text survives", path)
    if path.endswith(".jsonl"):
        return read(path)
    if path.endswith(".epub"):
        return list(epub_pages(path))
    return pdf_pages("text survives", path)


def main(arguments):
    strict = "--strict-spaces" in arguments
    reader = next((argument for argument in arguments if argument in READERS), "")
    manuscript, *files = [argument for argument in arguments if not argument.startswith("--")]
    verdicts = Verdicts(f"text survives, {reader[2:]}" if reader else "text survives")
    for file in files:
        try:
            output = Output(extract(file, reader))
        except Unreadable as fault:
            verdicts.say(file, [str(fault)])
            continue
        entries = read(manuscript)
        lines = [entry for entry in entries if entry["kind"] == "line"]
        units = [Unit(entry, number) for number, entry in enumerate(entries, 1) if entry["kind"] != "line"]
        comparison = Comparison(output, units, Hints(output, lines))
        faults = comparison.run()
        if strict and comparison.notes["spaces added inside a line"]:
            faults.append(f"{comparison.notes['spaces added inside a line']} spaces that nobody wrote")
        if not units:
            faults.append("the manuscript is empty")
        notes = ", ".join(f"{count} {what}" for what, count in comparison.notes.items())
        verdicts.say(file, faults, f"{len(units)} units, {len(output.text)} characters" + (f", {notes}" if notes else ""))
    verdicts.end()


if __name__ == "__main__":
    main(sys.argv[1:])
