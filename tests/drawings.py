"""Draws the pictures of the branch example: what to do and what not to (`python tests/drawings.py`)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent.parent / "examples/agence/images"
SIZE = (640, 440)
_FINE = 4  # drawn four times as large, then shrunk: smooth edges
_WALL, _FLOOR, _INK, _SOFT, _WHITE = "#eef3f2", "#d5dfdd", "#22333b", "#8fa3a3", "#ffffff"
_TEAL, _SKIN, _HAIR, _BOX, _TAPE, _RED = "#0b5d66", "#e0a583", "#3b2a23", "#c08a4e", "#f3e3a1", "#b3323a"
_FONT = "DejaVuSans-Bold.ttf"

Point = tuple[float, float]


class Drawing:
    """A picture made of few shapes, in units of its final pixels."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE[0] * _FINE, SIZE[1] * _FINE), _WALL)
        self.pen = ImageDraw.Draw(self.image)
        self.box(0, 380, 640, 440, _FLOOR)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str, radius: float = 0, line: str = "") -> None:
        """Draw a rectangle, with round corners."""
        place = tuple(value * _FINE for value in (x0, y0, x1, y1))
        self.pen.rounded_rectangle(place, radius * _FINE, fill, line or None, 4 * _FINE if line else 0)

    def disc(self, x: float, y: float, radius: float, fill: str | None, line: str = "", width: float = 4) -> None:
        """Draw a disc, or a ring."""
        place = tuple(value * _FINE for value in (x - radius, y - radius, x + radius, y + radius))
        self.pen.ellipse(place, fill, line or None, int(width * _FINE) if line else 0)

    def shape(self, fill: str, *points: Point) -> None:
        """Draw a polygon."""
        self.pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill)

    def stroke(self, colour: str, width: float, *points: Point) -> None:
        """Draw a line through points, with round ends."""
        self.pen.line([(x * _FINE, y * _FINE) for x, y in points], colour, int(width * _FINE), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, colour)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, colour: str, width: float = 4) -> None:
        """Draw part of a circle, from an angle to another."""
        place = tuple(value * _FINE for value in (x - radius, y - radius, x + radius, y + radius))
        self.pen.arc(place, start, end, colour, int(width * _FINE))

    def text(self, x: float, y: float, words: str, size: float, fill: str = _INK) -> None:
        """Write words around a point."""
        self.pen.text((x * _FINE, y * _FINE), words, fill, ImageFont.truetype(_FONT, size * _FINE), "mm")

    def save(self, name: str) -> None:
        """Write the file, with few colours: a flat drawing needs no more."""
        small = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        small.quantize(64).save(FOLDER / name, optimize=True)


def hours(*, right: bool) -> None:
    """A door: lit and open on time, or shut with a paper taped over its hours."""
    d = Drawing()
    d.box(90, 40, 330, 392, _INK, 8)
    d.box(104, 54, 316, 384, "#fff6d8" if right else "#5d6f74", 4)
    if right:  # the leaf stands open
        d.shape(_TEAL, (104, 54), (40, 84), (40, 414), (104, 384))
        d.shape("#cfe4e5", (96, 72), (50, 96), (50, 396), (96, 370))
    else:
        d.box(112, 62, 308, 376, _TEAL, 4)
        d.box(124, 74, 296, 364, "#7f9296", 4)
        d.disc(288, 226, 8, _WHITE)
    d.box(366, 90, 590, 300, _WHITE, 10, _TEAL)
    d.disc(478, 142, 34, _WHITE, _INK, 5)
    hands: tuple[Point, Point] = ((478, 120), (460, 142)) if right else ((497, 152), (461, 137))  # nine, and 9.20
    for end in hands:
        d.stroke(_INK, 5, (478, 142), end)
    d.text(478, 208, "9:00 – 18:00", 28, _TEAL)
    d.text(478, 258, "9:00 – 12:30", 28, _TEAL)
    if not right:
        d.shape(_TAPE, (390, 178), (590, 196), (582, 262), (384, 244))
        d.text(487, 221, "9:30 ?", 34, _RED)
        d.box(540, 176, 580, 194, "#d9d9d2")
    d.save(f"horaires-{'bien' if right else 'mal'}.png")


def person(d: Drawing, x: float, *, smiles: bool, coat: str = _TEAL) -> None:
    """A head and a body behind a counter."""
    d.box(x - 70, 190, x + 70, 400, coat, 46)
    d.shape(_WHITE, (x - 20, 190), (x + 20, 190), (x, 232))
    d.box(x - 16, 160, x + 16, 200, _SKIN, 8)
    d.disc(x, 118, 52, _HAIR)
    d.disc(x, 128, 44, _SKIN)
    d.shape(_HAIR, (x - 44, 120), (x - 30, 84), (x + 30, 84), (x + 44, 120), (x + 10, 104), (x - 20, 106))
    if smiles:
        d.disc(x - 16, 126, 5, _INK)
        d.disc(x + 16, 126, 5, _INK)
        d.arc(x, 134, 20, 25, 155, _INK, 5)
    else:
        d.stroke(_INK, 4, (x - 22, 128), (x - 11, 128))
        d.stroke(_INK, 4, (x + 11, 128), (x + 22, 128))
        d.stroke(_INK, 5, (x - 14, 152), (x + 12, 149))


def posture(*, right: bool) -> None:
    """Somebody at the counter: facing the customer with open arms, or with folded arms, away from the customer."""
    d = Drawing()
    person(d, 230 if right else 330, smiles=right)
    if right:
        d.stroke(_TEAL, 34, (172, 216), (120, 280), (150, 318))
        d.stroke(_TEAL, 34, (288, 216), (340, 280), (322, 318))
        d.disc(152, 322, 19, _SKIN)
        d.disc(318, 322, 19, _SKIN)
    else:
        person(d, 150, smiles=True, coat="#5b7a7d")
        d.box(214, 12, 332, 60, _WHITE, 20)
        d.shape(_WHITE, (228, 52), (262, 52), (206, 84))
        for x in (244, 273, 302):
            d.disc(x, 36, 7, _SOFT)
        d.stroke("#08464d", 34, (272, 228), (300, 278), (376, 262))
        d.stroke("#0d6b76", 34, (388, 228), (362, 284), (286, 270))
        d.disc(384, 258, 18, _SKIN)
        d.disc(278, 264, 18, _SKIN)
    d.box(30, 330, 610, 352, _INK, 6)
    d.box(50, 352, 590, 440, "#c9d5d3")
    x = 470 if right else 530
    d.box(x - 62, 232, x + 62, 440, "#d98a4b", 44)  # the customer, from behind
    d.disc(x, 176, 48, "#6d4a36")
    d.save(f"posture-{'bien' if right else 'mal'}.png")


def ramp(*, right: bool) -> None:
    """The ramp of the entrance: clear, or blocked by a box and a board."""
    d = Drawing()
    d.box(470, 60, 640, 300, "#c9d5d3")
    d.box(510, 100, 610, 300, _INK, 6)
    d.box(520, 110, 600, 300, "#fff6d8", 4)
    d.box(460, 296, 640, 400, "#a9b8b6")
    d.shape("#b9c6c4", (90, 392), (462, 296), (462, 400), (90, 400))
    d.stroke(_TEAL, 8, (130, 310), (462, 224))
    for x, y in ((140, 308), (300, 266), (452, 227)):
        d.stroke(_TEAL, 8, (x, y), (x, y + 74))
    if right:
        wheelchair(d, 262, 312)
    else:
        wheelchair(d, 62, 358)
        d.shape(_BOX, (246, 256), (336, 234), (336, 318), (246, 340))
        d.shape("#d9a466", (246, 256), (336, 234), (322, 216), (236, 238))
        d.shape(_TAPE, (284, 247), (300, 243), (300, 327), (284, 331))
        d.shape(_RED, (372, 300), (394, 218), (432, 210), (446, 282))
        d.text(411, 252, "−20 %", 12, _WHITE)
    d.save(f"rampe-{'bien' if right else 'mal'}.png")


def wheelchair(d: Drawing, x: float, y: float) -> None:
    """Somebody in a wheelchair, going right."""
    d.disc(x - 6, y, 38, None, _INK, 7)
    d.disc(x + 52, y + 14, 14, None, _INK, 6)
    d.stroke(_INK, 7, (x - 36, y - 62), (x - 24, y - 12), (x + 34, y - 12), (x + 50, y + 12))
    d.stroke("#d98a4b", 34, (x - 14, y - 74), (x - 10, y - 30))
    d.stroke(_INK, 22, (x - 8, y - 26), (x + 34, y - 26), (x + 46, y + 8))
    d.stroke("#d98a4b", 14, (x - 12, y - 72), (x + 18, y - 46), (x + 34, y - 50))
    d.disc(x - 8, y - 114, 24, _SKIN)
    d.pen.pieslice(tuple(value * _FINE for value in (x - 34, y - 142, x + 18, y - 90)), 150, 330, _HAIR)


if __name__ == "__main__":
    for right in (True, False):
        hours(right=right)
        posture(right=right)
        ramp(right=right)
