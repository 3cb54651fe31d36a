"""Charts and the map: counts of firms, the key enterprises, and where the places of the text lie. All lettering is outlines."""

from sheet import GREY, INK, MIST, PAPER, RED, RULE, SHADE, TEAL, Sheet, points


def heading(s, title, note):
    """The head of every chart: a heavy rule with a red tab, a title, what is counted and when."""
    s.rect(40, 36, s.width - 80, 4, fill=INK)
    s.rect(40, 36, 120, 16, fill=RED)
    s.text(40, 110, title, 48, "serif-bold")
    s.text(40, 156, note, 27, "sans", GREY)


def source(s, note):
    s.line(40, s.height - 74, s.width - 40, s.height - 74, RULE, 2)
    s.text(40, s.height - 34, note, 25, "sans", GREY)


def firms():
    """Bars on one scale for everything that is counted in firms; below them what is counted otherwise."""
    s = Sheet(1100, 1010)
    heading(s, "粵港兩地人工智能企業", "單位：家　　截至2024年9月")
    left, scale = 400, 474 / 1500
    groups = [
        ("廣東", TEAL, [("AI核心企業", 1500, "逾1,500"), ("國家級「小巨人」", 101, "101"), ("AI獨角獸", 26, "26")]),
        ("香港", RED, [("科學園及數碼港", 800, "逾800"), ("2024年內落戶", 100, "約100")]),
    ]
    y = 196
    for place, colour, rows in groups:
        height = len(rows) * 84 + 4
        s.rect(40, y, 62, height, fill=colour)
        top = y + height / 2 - 46
        for i, char in enumerate(place):
            s.text(71, top + 36 + i * 50, char, 40, "serif-bold", PAPER, anchor="middle")
        for label, value, shown in rows:
            s.text(left - 22, y + 57, label, 30, "sans", anchor="end")
            # What is only known as "more than" ends in a point, what is known ends square.
            length, open_end = value * scale, shown.startswith("逾")
            tip = 18 if open_end else 0
            s.path(
                points((left, y + 20), (left + length, y + 20), (left + length + tip, y + 46), (left + length, y + 72), (left, y + 72))
                + "Z",
                fill=colour,
            )
            s.text(left + length + tip + 16, y + 59, shown, 38, "sans-bold", colour)
            y += 84
        y += 30
    s.line(left, 196, left, y - 26, INK, 3)
    y += 4
    for i, (before, figure, unit, label, rank) in enumerate(
        [("", "63", "個", "廣東已公布的大模型", "全國第二"), ("逾", "14", "萬件", "廣東AI專利授權", "全國第一")]
    ):
        x = 40 + i * 520
        s.rect(x, y, 500, 200, fill=SHADE)
        s.rect(x, y, 6, 200, fill=TEAL)
        at = x + 36
        if before:
            at += s.text(at, y + 110, before, 38, "sans-bold", TEAL) + 8
        at += s.text(at, y + 112, figure, 104, "serif-bold", TEAL) + 10
        s.text(at, y + 110, unit, 38, "sans-bold", TEAL)
        s.rect(x + 344, y + 34, 132, 46, rx=4, fill=RED)
        s.text(x + 410, y + 68, rank, 29, "sans-bold", PAPER, anchor="middle")
        s.text(x + 36, y + 168, label, 32, "sans")
    source(s, "註：兩地統計範圍不同，橫條只供參考。箭頭表示「逾」。")
    return s


def key_enterprises():
    """Sixty-six squares, twenty-four of them red."""
    s = Sheet(1100, 740)
    heading(s, "66家重點企業中的人工智能", "香港自2022年底起引進　　每格代表一家")
    cell, gap, left, top = 52, 10, 40, 206
    for i in range(66):
        # Filled column by column, so that the red part reads as a block.
        column, row = divmod(i, 6)
        s.rect(left + column * (cell + gap), top + row * (cell + gap), cell, cell, rx=4, fill=RED if i < 24 else MIST)
    right = left + 11 * (cell + gap) + 34
    width = s.text(right, 338, "24", 150, "serif-bold", RED)
    s.text(right + width + 12, 334, "家", 40, "sans-bold", RED)
    s.text(right, 398, "數據科學及", 34, "sans")
    s.text(right, 444, "人工智能", 34, "sans")
    s.line(right, 474, 1060, 474, RULE, 2)
    s.text(right, 552, "逾30%", 74, "serif-bold", INK)
    s.text(left, 630, "■", 30, "sans", RED)
    s.text(left + 42, 630, "數據科學及人工智能企業", 28, "sans")
    s.text(left + 420, 630, "■", 30, "sans", MIST)
    s.text(left + 462, 630, "其他重點企業", 28, "sans")
    source(s, "資料截至2024年9月")
    return s


# Longitude and latitude, simplified to a schematic coast. The land is everything north of the line.
COAST = [
    (112.20, 21.66), (112.36, 21.72), (112.62, 21.78), (112.86, 21.86), (112.98, 22.06), (113.10, 22.14), (113.16, 21.98),
    (113.38, 22.02), (113.55, 22.16), (113.60, 22.34), (113.58, 22.50), (113.63, 22.66), (113.56, 22.84), (113.66, 22.84),
    (113.76, 22.72), (113.86, 22.56), (113.88, 22.46), (114.02, 22.50), (113.92, 22.38), (114.06, 22.34), (114.18, 22.28),
    (114.30, 22.28), (114.36, 22.40), (114.24, 22.48), (114.34, 22.56), (114.52, 22.46), (114.60, 22.54), (114.56, 22.74),
    (114.74, 22.76), (114.82, 22.58), (115.00, 22.66), (115.10, 22.70),
]
ISLANDS = [
    [(113.84, 22.22), (113.92, 22.30), (114.04, 22.30), (113.98, 22.20)],
    [(114.12, 22.24), (114.14, 22.275), (114.24, 22.26), (114.22, 22.21)],
    [(113.54, 22.10), (113.54, 22.14), (113.60, 22.14), (113.60, 22.09)],
]
# The arms of the Pearl River, as lines only.
RIVERS = [
    [(112.10, 23.01), (112.54, 22.94), (112.74, 22.78), (113.00, 22.70), (113.30, 22.69), (113.58, 22.60)],
    [(115.10, 23.04), (114.60, 23.00), (114.20, 23.04), (113.80, 23.04), (113.54, 23.02), (113.61, 22.84)],
]
# The places that the text tells of: name, place, where the label stands from it, and what is told, line by line.
TOLD = [
    ("佛山", 113.06, 22.98, (-28, 14, "end"), ["佛山大學"]),
    ("廣州", 113.28, 23.18, (28, -18, "start"), ["天河招聘會、番禺生產線"]),
    ("澳門", 113.57, 22.17, (34, 48, "start"), ["科創飛地"]),
    ("香港", 114.16, 22.33, (92, 14, "start"), ["科學園、數碼港", "科大、中大"]),
]
# The others, named so that the reader finds the way.
NAMED = [
    ("肇慶", 112.47, 23.10, "start"),
    ("東莞", 113.76, 22.94, "start"),
    ("惠州", 114.42, 23.10, "start"),
    ("江門", 113.02, 22.56, "end"),
    ("中山", 113.36, 22.50, "end"),
    ("深圳", 114.08, 22.59, "start"),
    ("珠海", 113.48, 22.28, "end"),
]
WEST, NORTH, ACROSS = 112.22, 23.42, 382  # the map's corner, and its units to a degree of longitude


def spot(longitude, latitude):
    """Where a place lies on the sheet; a degree of latitude is longer by 1 / cos 22.7°."""
    return 40 + (longitude - WEST) * ACROSS, 190 + (NORTH - latitude) * ACROSS * 1.084


def bay_map():
    """Eleven cities round the estuary; those that the text tells of are red, the others only help to find them."""
    s = Sheet(1100, 1010)
    heading(s, "粵港澳大灣區", "紅點為本刊各篇提到的地方")
    left, right, top, bottom, land = 40, 1060, 190, 930, "#efe8d8"
    s.rect(left, top, right - left, bottom - top, fill="#d5e0df")
    shore = [(min(max(x, left), right), y) for x, y in (spot(*p) for p in COAST)]
    coast = points(*shore)
    islands = [points(*(spot(*p) for p in island)) + "Z" for island in ISLANDS]
    # Depth lines along the coast, as on an old chart.
    for weight, colour in ((62, "#cbd9d8"), (36, "#bfd0cf"), (14, "#adc3c2")):
        s.path(coast, stroke=colour, weight=weight, cap="round")
        for island in islands:
            s.path(island, stroke=colour, weight=weight * 0.6, cap="round")
    s.path(points((left, top), *shore, (right, top)) + "Z", fill=land)
    for river in RIVERS:
        course = [(min(max(x, left), right), y) for x, y in (spot(*p) for p in river)]
        s.path(points(*course), stroke="#a9c4c3", weight=7, cap="round")
    s.path(coast, stroke=TEAL, weight=3.5, cap="round")
    for island in islands:
        s.path(island, fill=land, stroke=TEAL, weight=3, cap="round")
    # What lies outside the frame is covered.
    s.rect(0, top - 40, left, bottom - top + 80, fill=PAPER)
    s.rect(right, top - 40, 40, bottom - top + 80, fill=PAPER)
    s.rect(0, bottom, s.width, 80, fill=PAPER)
    s.rect(left, top, right - left, bottom - top, stroke=INK, weight=3)
    for name, longitude, latitude, anchor in NAMED:
        x, y = spot(longitude, latitude)
        s.circle(x, y, 8, fill=PAPER, stroke=INK, weight=4)
        s.text(x + (24 if anchor == "start" else -24), y + 11, name, 30, "sans", "#4a5052", anchor=anchor)
    for name, longitude, latitude, (dx, dy, anchor), told in TOLD:
        x, y = spot(longitude, latitude)
        if dx > 40:
            s.line(x, y, x + dx - 8, y, INK, 2)
        s.circle(x, y, 19, fill=PAPER)
        s.circle(x, y, 15, fill=RED)
        s.text(x + dx, y + dy, name, 42, "serif-bold", INK, anchor=anchor)
        for i, line in enumerate(told, 1):
            s.text(x + dx, y + dy + 4 + i * 34, line, 25, "sans", RED, anchor=anchor)
    s.column(*spot(113.735, 22.58), "珠江口", 28, "serif", TEAL, track=0.3)
    s.text(*spot(113.98, 21.76), "南海", 36, "serif", TEAL, track=0.8)
    s.text(40, 978, "示意圖，海岸線與河道經簡化。", 25, "sans", GREY)
    return s
