"""Fits texts into columns of a terminal, as wide as it prints them."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Count the columns that a terminal gives a text."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """Keep what fits of a text in so many columns, with a mark where it was longer."""
    text = text[: columns + 1] if text.isascii() else text[: 4 * columns + 1]
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return f"{text}…" if columns else ""


def left(text: str, columns: int) -> str:
    """Give a text exactly so many columns, cut where it is longer."""
    text = cut(text, columns)
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """Give a text at least so many columns, set to the right."""
    return " " * (columns - width(text)) + text


def wrapped(text: str, columns: int, *, after: int = 0) -> list[str]:
    """Break a text between words into lines of at most so many columns; `after` more must fit behind the last."""
    lines = [""]
    for word in text.split(" "):
        candidate = f"{lines[-1]} {word}" if lines[-1] else word
        if width(candidate) <= columns:
            lines[-1] = candidate
            continue
        rest = word
        if lines[-1]:
            lines.append("")
        while width(rest) > columns:  # a word longer than a line
            piece = rest[:columns]
            while width(piece) > columns:
                piece = piece[:-1]
            lines[-1], rest = piece, rest[len(piece) :]
            lines.append("")
        lines[-1] = rest
    if after and width(lines[-1]) + 2 + after > columns:
        lines.append("")
    return lines
