#!/usr/bin/env python3
"""Draws every picture of the sample publication into book/images: `python3 book/pictures/draw.py [NAME…]`.

Needs Python 3.10 or later and, from PyPI: fonttools==4.68.0 pillow==13.0.0 resvg_py==0.5.0 segno==1.6.6
(these versions give these bytes). Lettering comes from the faces in fonts/. No clock, no chance: drawing again
writes the same files.
"""

import sys
from pathlib import Path

import charts
import cover
import plates
import scenes

IMAGES = Path(__file__).resolve().parents[1] / "images"
PICTURES = {
    "cover.png": cover.cover,
    "plate-kwok.png": plates.kwok,
    "plate-wong-lizong.png": plates.wong_lizong,
    "plate-wong-kamfai.png": plates.wong_kamfai,
    "robot.jpg": scenes.robot,
    "job-fair.jpg": scenes.job_fair,
    "production-line.jpg": scenes.production_line,
    "firms.svg": charts.firms,
    "key-enterprises.svg": charts.key_enterprises,
    "bay-area.svg": charts.bay_map,
    "video-code.png": lambda: plates.video_code("https://www.tkww.hk/"),
}


def main(names):
    unknown = sorted(set(names) - set(PICTURES))
    if unknown:
        raise SystemExit(f"no such picture: {', '.join(unknown)}")
    IMAGES.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        if not names or name in names:
            draw().save(IMAGES / name)
            print(f"{name:24}{(IMAGES / name).stat().st_size:>9} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
