"""Three scenes drawn as diagrams, in place of news photographs: the robot, the job fair and the production line. No faces."""

from math import cos, pi, sin

from sheet import GOLD, GREY, INK, MIST, PAPER, RED, RULE, TEAL, WHITE, Sheet, points

STEEL = "#dfe3e1"
DEEP = "#143740"


# The robot

def squared(s, step, colour):
    """Squared paper over the whole sheet, every fifth line heavier."""
    for i in range(1, s.width // step + 1):
        s.line(i * step, 0, i * step, s.height, colour, 2.2 if i % 5 == 0 else 0.9)
    for i in range(1, s.height // step + 1):
        s.line(0, i * step, s.width, i * step, colour, 2.2 if i % 5 == 0 else 0.9)


def joint(s, x, y, r):
    s.circle(x, y, r, fill=PAPER, stroke=INK, weight=5)
    s.circle(x, y, r * 0.45, fill=RED)


def hand(s, x, y, side, k=1.0):
    """An open hand below the wrist (x, y): a palm and five jointed fingers; `side` is −1 for the left of the sheet."""
    for n, (dx, length) in enumerate([(-21, 46), (-7, 54), (7, 52), (21, 42)]):
        s.limb(x + dx * k, y + 46 * k, x + dx * 1.15 * k, y + (50 + length) * k, 13 * k, STEEL, weight=2.6 * k)
        s.circle(x + dx * 1.08 * k, y + (54 + length * 0.45) * k, 2.6 * k, fill=RED)
    s.limb(x - side * 20 * k, y + 26 * k, x - side * 44 * k, y + 62 * k, 14 * k, STEEL, weight=2.6 * k)
    s.rect(x - 29 * k, y + 4 * k, 58 * k, 52 * k, rx=14 * k, fill=STEEL, stroke=INK, weight=3.4 * k)


def robot_front(s, x):
    for side in (-1, 1):
        s.limb(x + side * 52, 590, x + side * 60, 722, 66, STEEL)
        s.limb(x + side * 60, 722, x + side * 62, 846, 54, STEEL)
        s.path(
            points((x + side * 62 - 44, 886), (x + side * 62 - 30, 846), (x + side * 62 + 30, 846), (x + side * 62 + 44, 886)) + "Z",
            fill=TEAL, stroke=INK, weight=5, cap="round",
        )
        joint(s, x + side * 60, 722, 25)
        joint(s, x + side * 62, 840, 16)
        s.limb(x + side * 146, 318, x + side * 172, 446, 52, STEEL)
        s.limb(x + side * 172, 446, x + side * 182, 560, 44, STEEL)
        hand(s, x + side * 184, 572, side, 0.9)
        joint(s, x + side * 172, 446, 22)
    s.rect(x - 22, 222, 44, 50, fill=TEAL, stroke=INK, weight=5)
    s.path(
        f"M{x - 128} 272Q{x - 150} 272 {x - 146} 300L{x - 92} 500Q{x - 88} 514 {x - 74} 514H{x + 74}Q{x + 88} 514 {x + 92} 500"
        f"L{x + 146} 300Q{x + 150} 272 {x + 128} 272Z",
        fill=STEEL, stroke=INK, weight=6,
    )
    s.path(f"M{x - 84} 312H{x + 84}L{x + 58} 420H{x - 58}Z", fill=WHITE, stroke=INK, weight=4, cap="round")
    s.rect(x - 30, 350, 60, 10, rx=5, fill=RED)
    for n in range(3):
        s.line(x - 48 + n * 5, 446 + n * 20, x + 48 - n * 5, 446 + n * 20, GREY, 4, cap="round")
    s.path(f"M{x - 84} 514H{x + 84}L{x + 96} 574L{x + 34} 612H{x - 34}L{x - 96} 574Z", fill=TEAL, stroke=INK, weight=6, cap="round")
    for side in (-1, 1):
        joint(s, x + side * 150, 312, 34)
        joint(s, x + side * 54, 590, 27)
    s.rect(x - 62, 96, 124, 136, rx=46, fill=STEEL, stroke=INK, weight=6)
    s.rect(x - 46, 130, 92, 58, rx=26, fill=DEEP)
    s.line(x - 26, 159, x + 26, 159, MIST, 5, cap="round")
    s.rect(x - 76, 140, 15, 42, rx=6, fill=TEAL, stroke=INK, weight=4)
    s.rect(x + 61, 140, 15, 42, rx=6, fill=TEAL, stroke=INK, weight=4)


def robot_side(s, x):
    """Seen from its left, one step forward."""
    s.limb(x - 4, 590, x - 44, 716, 66, "#c3cbca")
    s.limb(x - 44, 716, x - 96, 828, 52, "#c3cbca")
    s.path(points((x - 132, 880), (x - 122, 836), (x - 70, 832), (x - 38, 880)) + "Z", fill=TEAL, stroke=INK, weight=5, cap="round")
    joint(s, x - 44, 716, 22)
    s.limb(x + 8, 590, x + 66, 706, 66, STEEL)
    s.limb(x + 66, 706, x + 58, 846, 54, STEEL)
    s.path(points((x + 20, 886), (x + 30, 846), (x + 84, 846), (x + 128, 870), (x + 130, 886)) + "Z", fill=TEAL, stroke=INK, weight=5, cap="round")
    joint(s, x + 66, 706, 25)
    joint(s, x + 58, 840, 16)
    s.rect(x - 20, 220, 40, 54, fill=TEAL, stroke=INK, weight=5)
    s.path(
        f"M{x - 62} 272H{x + 40}Q{x + 82} 286 {x + 78} 350L{x + 58} 500Q{x + 56} 514 {x + 42} 514H{x - 42}Q{x - 56} 514 {x - 58} 500"
        f"L{x - 82} 330Q{x - 86} 276 {x - 62} 272Z",
        fill=STEEL, stroke=INK, weight=6,
    )
    s.rect(x - 112, 290, 40, 156, rx=14, fill=TEAL, stroke=INK, weight=5)
    s.path(f"M{x - 60} 514H{x + 60}L{x + 66} 570L{x + 30} 612H{x - 34}L{x - 66} 570Z", fill=TEAL, stroke=INK, weight=6, cap="round")
    joint(s, x + 2, 584, 27)
    s.limb(x - 4, 322, x + 26, 450, 52, STEEL)
    s.limb(x + 26, 450, x + 138, 500, 44, STEEL)
    s.limb(x + 150, 504, x + 196, 486, 15, STEEL, weight=3)
    s.limb(x + 150, 508, x + 200, 512, 15, STEEL, weight=3)
    s.limb(x + 146, 512, x + 186, 534, 15, STEEL, weight=3)
    s.circle(x + 146, 504, 22, fill=STEEL, stroke=INK, weight=4)
    joint(s, x + 26, 450, 22)
    joint(s, x - 4, 312, 34)
    s.path(
        f"M{x - 34} 96H{x + 22}Q{x + 66} 104 {x + 66} 150V190Q{x + 60} 232 {x + 16} 232H{x - 30}Q{x - 66} 226 {x - 66} 180V142"
        f"Q{x - 64} 100 {x - 34} 96Z",
        fill=STEEL, stroke=INK, weight=6,
    )
    s.path(f"M{x + 20} 130H{x + 62}Q{x + 70} 160 {x + 62} 188H{x + 20}Q{x + 4} 160 {x + 20} 130Z", fill=DEEP)
    s.circle(x - 22, 160, 18, fill=TEAL, stroke=INK, weight=5)


def robot():
    """Front, side and hand, on squared paper, with centre lines as in an engineer's drawing."""
    s = Sheet(1500, 1000, paper="#f1ede1")
    squared(s, 20, "#ddd8c8")
    for x, reach in ((330, 250), (810, 250)):
        s.ellipse(x + 4, 890, reach * 0.72, 16, fill=INK, opacity=0.16)
        s.line(x, 52, x, 906, RED, 2, dash="26 8 5 8")
    s.line(60, 892, 1070, 892, INK, 4)
    # Heights are carried across from one view to the other, without figures: this is no measured drawing.
    for y in (96, 272, 514, 706):
        s.line(80, y, 1060, y, TEAL, 1.6, dash="8 10")
    robot_front(s, 330)
    robot_side(s, 810)
    s.circle(1276, 360, 190, fill=PAPER, stroke=INK, weight=6)
    s.circle(1276, 360, 176, stroke=RULE, weight=2)
    s.limb(1276, 226, 1276, 268, 84, STEEL)
    hand(s, 1276, 262, 1, 2.05)
    s.line(1006, 500, 1104, 438, INK, 3)
    s.circle(1006, 500, 7, fill=INK)
    for x, label in ((330, "正視"), (810, "側視"), (1276, "手部")):
        y = 948 if x < 1000 else 616
        s.text(x, y, label, 36, "serif-bold", INK, anchor="middle", track=0.2)
    s.rect(1110, 700, 332, 192, fill=PAPER, stroke=INK, weight=4)
    s.line(1110, 770, 1442, 770, INK, 2)
    s.text(1276, 750, "具身人形機械人", 38, "serif-bold", INK, anchor="middle")
    s.text(1276, 822, "廣汽集團　第三代", 32, "sans", INK, anchor="middle")
    s.text(1276, 868, "外形為示意", 28, "sans", GREY, anchor="middle")
    s.rect(14, 14, 1472, 972, stroke=INK, weight=4)
    return s


# The job fair

def visitor(s, x, foot, k, colour, bag=None, paper=False):
    """Somebody seen from behind: a head without features, shoulders, legs; some carry a bag or hold a sheet of paper."""
    top = foot - 400 * k
    s.limb(x - 26 * k, foot - 190 * k, x - 30 * k, foot - 14 * k, 46 * k, colour, colour, 0)
    s.limb(x + 26 * k, foot - 190 * k, x + 32 * k, foot - 14 * k, 46 * k, colour, colour, 0)
    s.path(
        f"M{x - 70 * k:.1f} {foot - 170 * k:.1f}L{x - 78 * k:.1f} {top + 128 * k:.1f}Q{x - 74 * k:.1f} {top + 86 * k:.1f} {x - 26 * k:.1f} {top + 82 * k:.1f}"
        f"H{x + 26 * k:.1f}Q{x + 74 * k:.1f} {top + 86 * k:.1f} {x + 78 * k:.1f} {top + 128 * k:.1f}L{x + 70 * k:.1f} {foot - 170 * k:.1f}Z",
        fill=colour,
    )
    s.rect(x - 16 * k, top + 58 * k, 32 * k, 40 * k, fill=colour)
    s.ellipse(x, top + 36 * k, 36 * k, 42 * k, fill=colour)
    if bag:
        s.rect(x - 48 * k, top + 104 * k, 96 * k, 120 * k, rx=24 * k, fill=bag)
        s.rect(x - 34 * k, top + 164 * k, 68 * k, 46 * k, rx=10 * k, stroke=PAPER, weight=3 * k)
    if paper:
        s.limb(x + 66 * k, top + 124 * k, x + 100 * k, top + 190 * k, 34 * k, colour, colour, 0)
        s.limb(x + 100 * k, top + 190 * k, x + 112 * k, top + 120 * k, 28 * k, colour, colour, 0)
        s.path(points((x + 92 * k, top + 112 * k), (x + 96 * k, top + 26 * k), (x + 158 * k, top + 30 * k), (x + 154 * k, top + 116 * k)) + "Z", fill=WHITE, stroke=INK, weight=2)
        for n in range(3):
            s.line(x + 106 * k, top + (50 + n * 18) * k, x + 144 * k, top + (52 + n * 18) * k, GREY, 3 * k)


def chip(s, x, y):
    s.rect(x - 34, y - 34, 68, 68, rx=8, stroke=PAPER, weight=6)
    s.rect(x - 15, y - 15, 30, 30, fill=PAPER)
    for n in (-20, 0, 20):
        for a, b in (((n, -34), (n, -50)), ((n, 34), (n, 50)), ((-34, n), (-50, n)), ((34, n), (50, n))):
            s.line(x + a[0], y + a[1], x + b[0], y + b[1], PAPER, 6)


def network(s, x, y):
    left, middle, right = [(-46, -28), (-46, 28)], [(0, -46), (0, 0), (0, 46)], [(46, 0)]
    for a in left:
        for b in middle:
            s.line(x + a[0], y + a[1], x + b[0], y + b[1], PAPER, 3)
    for b in middle:
        s.line(x + b[0], y + b[1], x + 46, y, PAPER, 3)
    for dx, dy in left + middle + right:
        s.circle(x + dx, y + dy, 11, fill=PAPER)


def arm_sign(s, x, y):
    s.path(points((x - 44, y + 46), (x + 10, y + 46)), stroke=PAPER, weight=10, cap="round")
    s.path(points((x - 18, y + 40), (x - 32, y - 14), (x + 14, y - 40), (x + 40, y - 8)), stroke=PAPER, weight=9, cap="round")
    s.path(points((x + 28, y + 14), (x + 40, y - 8), (x + 56, y + 10)), stroke=PAPER, weight=7, cap="round")


def graph(s, x, y):
    for n, height in enumerate((30, 54, 44, 84)):
        s.rect(x - 48 + n * 26, y + 44 - height, 18, height, fill=PAPER)


def job_fair():
    """A hall: the banner of the AI section, four stands below it, and job seekers in front, all from behind."""
    s = Sheet(1500, 1000)
    s.rect(0, 0, 1500, 700, fill=s.gradient("wall", "#dfe6e3", "#f3efe5"))
    s.rect(0, 700, 1500, 300, fill=s.gradient("floor", "#d8cfbc", "#c3b8a1"))
    # The hall's ceiling: beams that run to one point behind the banner.
    for n in range(-7, 8):
        s.line(750 + n * 60, 150, 750 + n * 190, 0, "#c2cdcb", 5)
    for y in (40, 90, 130):
        s.line(0, y, 1500, y, "#c2cdcb", 4)
    for x in (360, 1140):
        s.line(x, 0, x, 172, GREY, 5)
    s.rect(250, 168, 1000, 154, fill=RED)
    s.rect(262, 180, 976, 130, stroke=PAPER, weight=3)
    s.text(750, 280, "人工智能專區", 104, "serif-bold", PAPER, anchor="middle", track=0.14)
    stands = [(130, TEAL, chip), (460, DEEP, network), (790, TEAL, arm_sign), (1120, DEEP, graph)]
    for x, colour, sign in stands:
        s.rect(x, 380, 250, 330, fill=PAPER, stroke=INK, weight=4)
        s.rect(x, 380, 250, 136, fill=colour)
        sign(s, x + 125, 448)
        # The recruiter, half hidden by the counter.
        s.ellipse(x + 125, 572, 24, 28, fill=GOLD)
        s.path(f"M{x + 68} 680V644Q{x + 70} 610 {x + 108} 606H{x + 142}Q{x + 180} 610 {x + 182} 644V680Z", fill=GOLD)
        s.rect(x - 18, 652, 286, 22, fill=INK)
        s.rect(x - 6, 674, 262, 104, fill=colour)
        s.rect(x + 20, 694, 210, 62, stroke=MIST, weight=2)
        s.text(x + 125, 738, "招聘", 40, "serif-bold", PAPER, anchor="middle", track=0.3)
    for x, text in ((40, "廣州天河"), (1402, "招聘會")):
        s.rect(x - 2, 330, 62, 450, fill=GOLD)
        s.column(x + 29, 370, text, 44, "serif-bold", PAPER, track=0.4)
    near, far = "#55777d", "#6d8a8c"
    for x, colour, bag in ((162, near, None), (492, far, None), (676, near, RED), (826, far, None), (1008, near, TEAL), (1164, far, None)):
        s.ellipse(x, 846, 60, 10, fill=INK, opacity=0.15)
        visitor(s, x, 850, 0.66, colour, bag)
    for x, colour, bag, paper in ((70, INK, None, False), (356, DEEP, GOLD, False), (668, INK, None, True), (1010, DEEP, RED, False), (1318, INK, None, True)):
        visitor(s, x, 1206, 1.12, colour, bag, paper)
    return s


# The production line

def car(s, x, floor, colour, finish):
    """A body on its carrier, seen from the side; without wheels, as it stands on the line. `finish`: doors and glass are in."""
    y = floor
    for wheel in (-134, 126):
        s.path(f"M{x + wheel - 52} {y}A52 52 0 0 1 {x + wheel + 52} {y}Z", fill="#39464b")
    s.path(
        f"M{x - 214} {y}Q{x - 226} {y - 4} {x - 224} {y - 46}Q{x - 218} {y - 76} {x - 150} {y - 86}Q{x - 96} {y - 146} {x - 20} {y - 150}"
        f"Q{x + 74} {y - 150} {x + 128} {y - 92}Q{x + 206} {y - 82} {x + 222} {y - 50}Q{x + 230} {y - 6} {x + 214} {y}"
        f"H{x + 176}A50 50 0 0 0 {x + 76} {y}H{x - 84}A50 50 0 0 0 {x - 184} {y}Z",
        fill=colour, stroke=INK, weight=5,
    )
    glass = MIST if finish else PAPER
    s.path(f"M{x - 126} {y - 88}Q{x - 84} {y - 132} {x - 26} {y - 134}V{y - 88}Z", fill=glass, stroke=INK, weight=3)
    s.path(f"M{x - 10} {y - 88}V{y - 134}Q{x + 62} {y - 134} {x + 104} {y - 90}Z", fill=glass, stroke=INK, weight=3)
    s.line(x - 18, y - 134, x - 18, y - 12, INK, 3)
    if finish:
        s.line(x - 54, y - 66, x - 32, y - 66, INK, 5, cap="round")
        s.line(x + 52, y - 66, x + 74, y - 66, INK, 5, cap="round")
        s.path(f"M{x - 216} {y - 52}L{x - 186} {y - 60}L{x - 184} {y - 46}L{x - 218} {y - 40}Z", fill=PAPER, stroke=INK, weight=2)
    s.rect(x - 190, y + 2, 380, 18, fill=GREY, stroke=INK, weight=3)
    s.rect(x - 170, y + 20, 30, 26, fill=INK)
    s.rect(x + 140, y + 20, 30, 26, fill=INK)


def arm(s, x, base, lean, colour=RED):
    """A jointed arm on a pedestal; `lean` is the side it works to, −1 or 1."""
    s.path(points((x - 52, base), (x - 34, base - 60), (x + 34, base - 60), (x + 52, base)) + "Z", fill=DEEP, stroke=INK, weight=4, cap="round")
    elbow, wrist = (x - lean * 46, base - 262), (x + lean * 104, base - 314)
    tip = (wrist[0] + lean * 34, wrist[1] + 78)
    s.limb(x, base - 74, *elbow, 54, colour)
    s.limb(*elbow, *wrist, 42, colour)
    s.limb(*wrist, *tip, 24, STEEL, weight=4)
    for (cx, cy), r in (((x, base - 74), 34), (elbow, 27), (wrist, 20)):
        s.circle(cx, cy, r, fill=PAPER, stroke=INK, weight=5)
        s.circle(cx, cy, r * 0.4, fill=INK)
    s.path(points((tip[0] - 14, tip[1] + 26), tip, (tip[0] + 14, tip[1] + 26)), stroke=INK, weight=7, cap="round")
    return tip[0], tip[1] + 36


def spark(s, x, y):
    for n in range(12):
        a = n * pi / 6
        r = 30 if n % 2 == 0 else 18
        s.line(x + 8 * cos(a), y + 8 * sin(a), x + r * cos(a), y + r * sin(a), GOLD, 4, cap="round")
    s.circle(x, y, 8, fill=WHITE)


def production_line():
    """Bodies move from right to left, from the welding arms to the finished car; a screen in front shows the line itself."""
    s = Sheet(1500, 1000)
    s.rect(0, 0, 1500, 690, fill=s.gradient("hall", "#c9d6d5", "#eff0ea"))
    s.rect(0, 690, 1500, 310, fill=s.gradient("ground", "#b9c3c1", "#8fa09f"))
    for x in range(60, 1500, 230):
        s.rect(x, 120, 22, 570, fill="#b7c6c5")
    # The roof truss and its lights.
    s.rect(0, 84, 1500, 14, fill=TEAL)
    s.rect(0, 150, 1500, 10, fill=TEAL)
    zigzag = [(x, 91 if n % 2 == 0 else 155) for n, x in enumerate(range(-10, 1560, 52))]
    s.path(points(*zigzag), stroke=TEAL, weight=7)
    for x in range(130, 1500, 310):
        s.path(points((x - 60, 196), (x - 40, 166), (x + 40, 166), (x + 60, 196)) + "Z", fill=INK)
        s.rect(x - 54, 196, 108, 9, fill="#fff6d8")
        s.path(points((x - 54, 205), (x + 54, 205), (x + 150, 470), (x - 150, 470)) + "Z", fill="#fffbe9", opacity=0.28)
    # A second line in the background, in one pale colour.
    pale = "#aec0bf"
    s.rect(0, 486, 1500, 14, fill=pale)
    for x in range(90, 1500, 262):
        s.limb(x, 486, x - 22, 396, 26, pale, pale)
        s.limb(x - 22, 396, x + 66, 366, 20, pale, pale)
        s.limb(x + 66, 366, x + 88, 420, 14, pale, pale)
        s.rect(x - 28, 468, 56, 20, fill=pale)
    # The line in front.
    for x in (560, 1165):
        arm(s, x, 700, 1, GOLD)
    s.rect(0, 706, 1500, 34, fill=INK)
    for x in range(14, 1500, 48):
        s.circle(x, 723, 9, fill=GREY)
    s.rect(0, 740, 1500, 10, fill=GOLD)
    for x, colour, done in ((176, RED, True), (690, TEAL, True), (1300, STEEL, False)):
        car(s, x, 660, colour, done)
    tips = [arm(s, 905, 850, -1), arm(s, 1080, 850, 1), arm(s, 418, 850, 1)]
    for tip in tips:
        spark(s, *tip)
    # The screen: the same line as counts and lamps, without figures.
    s.ellipse(662, 978, 190, 14, fill=INK, opacity=0.25)
    s.rect(646, 900, 32, 70, fill=INK)
    s.rect(502, 770, 320, 150, rx=10, fill=DEEP, stroke=INK, weight=6)
    for n, height in enumerate((34, 50, 42, 66, 58, 80)):
        s.rect(524 + n * 22, 896 - height, 14, height, fill=MIST)
    s.path(points((674, 876), (702, 846), (728, 858), (758, 816), (798, 800)), stroke=GOLD, weight=6, cap="round")
    for n in range(5):
        s.circle(680 + n * 28, 900, 6, fill=RED if n == 3 else MIST)
    s.rect(562, 968, 200, 12, rx=5, fill=INK)
    return s
