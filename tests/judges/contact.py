"""A contact sheet: small pictures of many pages on one, without any library."""
import struct
import zlib

from tools import run

GAP, PAPER = 12, 200


def thumbnails(file, folder, dpi=36):
    """The pages of a PDF as grey pictures: width, height, rows."""
    code, printed = run("pdftoppm", "-r", dpi, "-gray", file, folder / "thumb")
    if code:
        print(printed[:400])
    pages = []
    for path in sorted(folder.glob("thumb*.pgm")):
        data = path.read_bytes()
        path.unlink()
        magic, size, depth, pixels = data.split(b"\n", 3)
        assert magic == b"P5" and depth == b"255", path
        width, height = map(int, size.split())
        pages.append((width, height, [pixels[row * width:(row + 1) * width] for row in range(height)]))
    return pages


def sheet(pages, vertical, across=8):
    """Pages in reading order, from the right where lines are vertical: one picture."""
    if not pages:
        return None
    wide, high = max(page[0] for page in pages), max(page[1] for page in pages)
    across = min(across, len(pages))
    rows = []
    blank = bytes([PAPER]) * (across * (wide + GAP) + GAP)
    for start in range(0, len(pages), across):
        band = pages[start:start + across]
        rows.extend([blank] * GAP)
        for y in range(high):
            cells = [
                (page[2][y] if y < page[1] else b"").ljust(wide, bytes([PAPER])) for page in band
            ]
            cells += [bytes([PAPER]) * wide] * (across - len(band))
            if vertical:
                cells.reverse()
            space = bytes([PAPER]) * GAP
            rows.append(space + space.join(cells) + space)
    rows.extend([blank] * GAP)
    return len(blank), len(rows), rows


def png(picture, path):
    """Writes a grey picture."""
    width, height, rows = picture

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 6))
        + chunk(b"IEND", b"")
    )
