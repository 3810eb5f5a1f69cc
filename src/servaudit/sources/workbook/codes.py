"""The codes that stand beside the cells of a checklist: what a cell answers, told so that a person can read it too.

`smile` · `wait#2` the second observation · `greeted=yes` how often that was the answer · `services:wifi` whether that
is one of the answers · `rooms[1].clean` in the first instance of a section · `branch_welcome/smile` where there are
several standards · `visit.date` of the visit itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ID = r"[a-z][a-z0-9_]{0,99}"
_CODE = re.compile(
    rf"(?:(?P<standard>{_ID})/)?(?P<instances>(?:{_ID}\[\d{{1,3}}\]\.)*)(?P<criterion>{_ID})"
    r"(?:(?P<sign>[#=:])(?P<item>.{1,200}))?"
)
_INSTANCE = re.compile(rf"({_ID})\[(\d{{1,3}})\]\.")
VISIT = "visit."
NOTE = "visit.note"
COMMENDATIONS = "visit.commendations."
BELOW = "↓"
"""What stands in the place of an answer that is given in the rows below."""


class Code(NamedTuple):
    """What a cell answers. `sign` says what `item` is: a number (`#`), an answer counted (`=`) or ticked (`:`).

    It is empty where the cell holds the whole answer.
    """

    standard: str | None
    instances: tuple[tuple[str, int], ...]
    criterion: str
    sign: str = ""
    item: str = ""


def spell(code: Code) -> str:
    """Write a code."""
    head = f"{code.standard}/" if code.standard else ""
    inside = "".join(f"{section}[{number}]." for section, number in code.instances)
    return f"{head}{inside}{code.criterion}{code.sign}{code.item}"


def read(text: str) -> Code | None:
    """Read a code; None when it is none, as the codes of the visit are not."""
    match = _CODE.fullmatch(text.strip())
    if match is None or text.startswith(VISIT):
        return None
    found = tuple((section, int(number)) for section, number in _INSTANCE.findall(match["instances"]))
    return Code(match["standard"], found, match["criterion"], match["sign"] or "", match["item"] or "")
