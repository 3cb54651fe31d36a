"""The cover: eleven strands, one for each city of the bay area, that run together as one current; the title stands over them."""

from math import cos, hypot, pi

from sheet import GOLD, MIST, PAPER, RED, Sheet, points

NIGHT = "#12303a"


def current(t):
    """The middle of the current, `t` of the way from the left edge to the right."""
    return -80 + 1840 * t, 1800 - 440 * cos(2 * pi * 1.2 * (t - 0.41))


def strand(i, end):
    """The course of strand `i` (−5 to 5) up to `end` of the way: beside the current's middle, farther off towards the ends."""
    course = []
    for step in range(int(400 * end) + 1):
        t = step / 400
        (x, y), (x2, y2) = current(t), current(t + 0.001)
        run = hypot(x2 - x, y2 - y)
        off = i * (27 + 110 * (t - 0.36) ** 2)
        course.append((x - off * (y2 - y) / run, y + off * (x2 - x) / run))
    return course


def cover():
    """A5 at 300 pixels an inch."""
    s = Sheet(1748, 2480, paper=NIGHT)
    ends = [0.72, 0.79, 0.75, 0.84, 0.88, 0.95, 0.91, 0.87, 0.83, 0.79, 0.75]
    colours = ["#3d6c76", "#5d8a8f", MIST, "#cfd8cf", PAPER, GOLD, PAPER, "#cfd8cf", MIST, "#5d8a8f", "#3d6c76"]
    for n, (end, colour) in enumerate(zip(ends, colours)):
        course = strand(n - 5, end)
        weight = 13 if colour == GOLD else 9
        s.path(points(*course), stroke=colour, weight=weight, cap="round")
        x, y = course[-1]
        head = 30 if colour == GOLD else 20
        s.circle(x, y, head + 9, fill=NIGHT)
        s.circle(x, y, head, fill=RED if colour == GOLD else colour)
    s.rect(96, 96, 1556, 10, fill=PAPER)
    s.rect(96, 118, 1556, 3, fill=PAPER)
    s.text(96, 232, "大公報", 92, "serif-bold", PAPER, track=0.12)
    s.text(1652, 186, "二〇二五年三月六日", 40, "serif", PAPER, anchor="end", track=0.06)
    s.text(1652, 244, "乙巳年二月初七　要聞 A8", 36, "serif", MIST, anchor="end", track=0.06)
    s.rect(96, 282, 1556, 3, fill=PAPER)
    s.column(1480, 366, "灣區一群龍", 236, "serif-bold", PAPER, track=0.05)
    s.rect(1303, 366, 4, 1190, fill=RED)
    s.column(1244, 372, "DeepSeek登陸香港", 62, "serif", PAPER, track=0.1)
    s.column(1152, 372, "與粵港澳大灣區的人工智能", 62, "serif", PAPER, track=0.1)
    s.text(96, 350, "示例刊物　版心 banxin", 34, "sans", MIST, track=0.06)
    return s
