"""Name plates instead of portraits: a name in large type, the office beside it, and no invented face. And the QR code."""

import segno

from sheet import INK, PAPER, RED, RULE, TEAL, WHITE, Sheet


def plate(name, offices):
    """An upright plate: the name as one column on the right, one column for each office on the left, a seal below them."""
    s = Sheet(900, 1200)
    s.rect(36, 36, 828, 1128, stroke=INK, weight=7)
    s.rect(54, 54, 792, 1092, stroke=INK, weight=2)
    s.rect(554, 54, 292, 1092, fill=TEAL)
    size = 232
    length = len(name) * size * 1.18 - 0.18 * size
    s.column(700, (1200 - length) / 2, name, size, "serif-bold", PAPER, track=0.18)
    x = 474
    for office in offices:
        s.column(x, 118, office, 50, "serif", INK, track=0.08)
        x -= 88
    for rule in range(len(offices) + 1):
        s.line(474 + 44 - rule * 88, 110, 474 + 44 - rule * 88, 1090, RULE, 2)
    # A seal with the family name: cut in relief, as on a stamp.
    s.rect(104, 984, 112, 112, rx=10, fill=RED)
    s.rect(114, 994, 92, 92, rx=5, stroke=PAPER, weight=2.5)
    s.text(160, 1066, name[0], 74, "serif-bold", PAPER, anchor="middle")
    return s


def kwok():
    return plate("郭毅可", ["香港科技大學首席副校長", "計算機科學及工程學講座教授", "HKGAI V1 團隊負責人"])


def wong_lizong():
    return plate("王理宗", ["全國政協委員", "廣東省高科技產業商會會長"])


def wong_kamfai():
    return plate("黃錦輝", ["港區全國政協委員", "香港立法會議員", "香港中文大學工程學院副院長"])


def video_code(address):
    """The QR code of `address`: four modules of white round it, and below them a line that says what it is for."""
    code = segno.make(address, error="q", micro=False, boost_error=False)
    rows = [list(row) for row in code.matrix]
    module = 24
    side = (len(rows) + 8) * module
    s = Sheet(side, side + 132, paper=WHITE)
    d = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                d.append(f"M{(x + 4) * module} {(y + 4) * module}h{run * module}v{module}h-{run * module}z")
            x += max(run, 1)
    s.path("".join(d), fill=INK)
    s.rect(0, side, side, 132, fill=INK)
    s.path(f"M{side / 2 - 172} {side + 40}l44 26l-44 26z", fill=RED)
    s.text(side / 2 - 104, side + 85, "掃碼看影片", 52, "sans-bold", PAPER)
    s.rect(1, 1, side - 2, side + 130, stroke=INK, weight=2)
    return s
