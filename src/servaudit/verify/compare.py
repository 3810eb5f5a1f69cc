"""Compares what a report says with what its visits come to now: every figure, and every text or cell that is seen."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from servaudit import __version__
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.diagnostics import Message
    from servaudit.model.scorecard import RollupCard
    from servaudit.scoring.visit import Scored
    from servaudit.sources.report import Made
    from servaudit.sources.workbook import Held, Workbook
    from servaudit.verify.again import Again

State = Literal["same", "differs", "unverified"]
GENERATOR = f"servaudit {__version__}"
_PLACES = frozenset({("observation", "path"), ("standard", "path"), ("checklist", "path"), ("schema",)})
"""What may differ: where documents are now."""
_NAMES = ("path", "id", "criterion", "facet")


class Difference(NamedTuple):
    """A figure, text or cell that is not what it should be: where, what the report says, what comes out."""

    place: str
    said: object
    found: object


class Check(NamedTuple):
    """What came out for one scorecard, for the rollups, or for what a person sees; `why` says what hindered it."""

    what: Message | str
    state: State
    differences: tuple[Difference, ...] = ()
    why: tuple[Message, ...] = ()


def figures(made: Made, scored: Sequence[Again]) -> list[Check]:
    """Compare the figures of every scorecard that the report carries."""
    from servaudit.render.json import encode, scorecard  # noqa: PLC0415 - a workbook carries none

    by_hash = {one.observation.sha256: one for one in scored}
    checks = []
    for card in made.cards:
        one = by_hash[card["observation"]["sha256"]]
        what = f"{card['observation']['path']} · {card['standard']['id']}@{card['standard']['version']}"
        mine = next((each.card for each in one.scored if _meant(each, card)), None)
        if mine is None:
            why = one.why or (msg("scored again, it has no result on this standard"),)
            checks.append(Check(what, "unverified", why=why))
            continue
        differences = tuple(differing(card, json.loads(encode(scorecard(mine))), made.generator))
        gone = [one for one in differences if "evidence[" in one.place and one.found is None]
        why = (msg("evidence that went with the visit is not beside it any more"),) if gone else ()
        state: State = "same" if not differences else "unverified" if len(gone) == len(differences) else "differs"
        checks.append(Check(what, state, differences, why))
    return [*checks, *_hidden(made, scored)] if made.cards else checks


def _hidden(made: Made, scored: Sequence[Again]) -> Iterator[Check]:
    """Find what a visit in the report came to on standards of which the report says nothing."""
    said: dict[str, list[Mapping[str, Any]]] = {}
    for card in made.cards:
        said.setdefault(card["observation"]["sha256"], []).append(card)
    for one in scored:
        for each in one.scored:
            if not any(_meant(each, card) for card in said[one.observation.sha256]):
                mine = each.card.standard
                missing = Difference("scorecards", None, msg("the result on this standard"))
                yield Check(f"{one.observation.path} · {mine.id}@{mine.version}", "differs", (missing,))


def together(made: Made, scored: Sequence[Again], cards: Sequence[RollupCard]) -> Check | None:
    """Compare what the report says of its visits together; None where it says nothing of that."""
    from servaudit.render.json import encode, rollup  # noqa: PLC0415 - same

    if made.rollups is None or (not made.rollups and (not cards or len(made.observations) == 1)):
        return None
    what = msg("the visits together")
    if any(not one.scored for one in scored):
        return Check(what, "unverified", why=(msg("not every visit could be scored again"),))
    found = json.loads(encode({"rollups": [rollup(card) for card in cards]}))["rollups"]
    said = list(made.rollups)
    places = [place for one, other in zip_longest(said, found) for place in differing(one, other, made.generator)]
    return Check(what, "differs" if places else "same", tuple(places))


def _meant(scored: Scored, card: Mapping[str, Any]) -> bool:
    mine = scored.card
    return bool(mine.standard.sha256 == card["standard"]["sha256"] and mine.role == card.get("role", mine.role))


def differing(said: Any, found: Any, generator: str, place: tuple[str, ...] = ()) -> Iterator[Difference]:  # noqa: ANN401 - JSON
    """Yield where two JSON values differ.

    A key that the report lacks is no difference where another version of servaudit wrote it.
    """
    if place in _PLACES:
        return
    if isinstance(said, dict) and isinstance(found, dict):
        for key in dict.fromkeys((*said, *found)):
            if key in said or generator in ("", GENERATOR):
                yield from differing(said.get(key), found.get(key), generator, (*place, str(key)))
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for number, (one, other) in enumerate(zip(said, found, strict=True), 1):
            label = next((str(other[key]) for key in _NAMES if isinstance(other, dict) and key in other), str(number))
            last = f"{place[-1] if place else ''}[{label}]"
            yield from differing(one, other, generator, (*place[:-1], last))
    elif said != found or isinstance(said, bool) is not isinstance(found, bool):
        yield Difference(".".join(place), said, found)


def texts(said: Sequence[str], found: Sequence[str]) -> Iterator[Difference]:
    """Yield the texts of a page that a reader sees and should not, or the other way round."""
    said, found = list(said), list(found)
    if said == found:
        return
    matcher = SequenceMatcher(None, said, found, autojunk=len(said) > 2000)  # noqa: PLR2004 - longer pages take minutes
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            before = next((text for text in said[max(a - 20, 0) : a][::-1] if not text.startswith("<")), "")
            yield Difference(before[:60], " / ".join(said[a:b]), " / ".join(found[c:d]))


def cells(said: Workbook, found: Workbook) -> Iterator[Difference]:
    """Yield the cells that differ, sheets that are missing or too many; what formulas give is left to the program."""
    for sheet in found.sheets:
        there = said.sheet(sheet.name)
        if there is None:
            yield Difference(sheet.name, None, msg("a sheet"))
            continue
        for place in dict.fromkeys((*sheet.cells, *there.cells)):
            mine, theirs = sheet.cells.get(place), there.cells.get(place)
            one, other = (_held(cell) for cell in (theirs, mine))
            if not _alike(one, other):
                yield Difference(f"{sheet.name}!{place}", one, other)
    for sheet in said.sheets:
        if found.sheet(sheet.name) is None:
            yield Difference(sheet.name, msg("a sheet"), None)


def _held(cell: Held | None) -> object:
    """Give what a cell holds: its formula, spelled as programs do, or its value."""
    if cell is None or cell.formula is None:
        return None if cell is None else cell.value
    return "=" + "".join(cell.formula.removeprefix("=").split()).upper()


def _alike(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return abs(one - other) < 1e-9  # noqa: PLR2004 - what programs round to when they save
    return one == other or (one in (None, "") and other in (None, ""))
