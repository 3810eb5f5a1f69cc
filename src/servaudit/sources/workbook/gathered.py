"""Puts the values of cells together as an observation: answers with their notes, tallies, instances, the visit."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from servaudit.diagnostics import Cell
from servaudit.model.base import folded
from servaudit.sources.workbook import codes, identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Path
    from servaudit.sources.workbook.codes import Code
    from servaudit.sources.workbook.identity import Identity
    from servaudit.sources.workbook.table import Found

_FALSE = frozenset({"non", "no", "faux", "false", "0", "n"})
_BETWEEN = re.compile(r"[\n;]")
_ODD = re.compile(r"[^a-z0-9]+")
NA = "na"


class _Answer:
    """What was gathered of one criterion: its whole answer, or the items of it."""

    def __init__(self) -> None:
        self.one: tuple[object, Cell] | None = None
        self.items: dict[str, dict[str, tuple[object, Cell]]] = {}
        self.note: tuple[object, Cell] | None = None
        self.evidence: tuple[list[str], Cell] | None = None

    def value(self) -> tuple[object, Cell | None, Mapping[str | int, Cell]]:
        """Give the answer, its cell (the first one of several), and the cells of its items by key or index."""
        if self.one is not None:
            return self.one[0], self.one[1], {}
        for sign, items in self.items.items():
            first = next(iter(items.values()))[1]
            if sign == "=":
                return (
                    {key: value for key, (value, _) in items.items()},
                    first,
                    {key: own for key, (_, own) in items.items()},
                )
            if sign == ":":
                ticked = [key for key, (value, _) in items.items() if _ticked(value)]
                if not ticked:
                    continue
                keys: object = NA if ticked == [NA] else [key for key in ticked if key != NA]
                return keys, first, {}
            ordered = sorted(items.items(), key=lambda item: int(item[0]) if item[0].isdecimal() else 0)
            values = [value for _, (value, _) in ordered]
            return values, first, {index: cell for index, (_, (_, cell)) in enumerate(ordered)}
        return None, None, {}

    def written(self, at: Path, cells: dict[Path, Cell]) -> object:
        """Give the answer as an observation writes it, and note its cells; None where there is nothing."""
        value, cell, items = self.value()
        detail = self.note is not None or self.evidence is not None
        under = (*at, "value") if detail else at
        if cell is not None:
            cells[at] = cells[under] = cell
            cells.update({(*under, item): own for item, own in items.items()})
        if not detail:
            return value
        found: dict[str, object] = {} if value is None else {"value": value}
        for name, given in (("note", self.note), ("evidence", self.evidence)):
            if given is not None:
                found[name] = given[0]
                cells[(*at, name)] = given[1]
                cells.setdefault(at, given[1])
        return found


def _ticked(value: object) -> bool:
    return value not in (False, 0) and folded(str(value)) not in _FALSE


class _Level:
    """The answers on one level: of a standard, or of an instance of a repeated section in it."""

    def __init__(self) -> None:
        self.answers: dict[str, _Answer | dict[int, _Level]] = {}

    def answer(self, code: Code) -> _Answer | None:
        """Find the answer of a code, below this level; None where the code contradicts another."""
        level = self
        for section, number in code.instances:
            inner = level.answers.setdefault(section, {})
            if isinstance(inner, _Answer):
                return None
            level = inner.setdefault(number, _Level())
        found = level.answers.setdefault(code.criterion, _Answer())
        return found if isinstance(found, _Answer) else None

    def written(self, at: Path, cells: dict[Path, Cell]) -> dict[str, object]:
        """Give the level as an observation writes it; instances with nothing in them are left out."""
        data: dict[str, object] = {}
        for name, found in self.answers.items():
            if isinstance(found, _Answer):
                value = found.written((*at, name), cells)
                if value is not None:
                    data[name] = value
                continue
            instances: list[dict[str, object]] = []
            for _, level in sorted(found.items()):
                one = level.written((*at, name, len(instances)), cells)
                if one:
                    instances.append(one)
            if instances:
                data[name] = instances
        return data


class Gathered:
    """Gathers the values of a workbook's cells."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._levels: dict[str | None, _Level] = {}
        self._visit: dict[str, tuple[object, Cell]] = {}
        self._commendations: dict[str, dict[str, tuple[object, Cell]]] = {}

    def add(self, place: Found, value: object) -> None:
        """Take the value of one cell; None is nothing."""
        if value is None:
            return
        where = Cell(self._path, place.sheet, place.cell)
        if place.code.startswith(codes.COMMENDATIONS):
            number, _, name = place.code[len(codes.COMMENDATIONS) :].partition(".")
            self._commendations.setdefault(number, {})[name] = (value, where)
            return
        if place.code.startswith(codes.VISIT):
            self._visit[place.code[len(codes.VISIT) :]] = (value, where)
            return
        code = codes.read(place.code)
        answer = self._levels.setdefault(code.standard, _Level()).answer(code) if code is not None else None
        if code is None or answer is None:
            return
        if place.role == "note":
            answer.note = str(value), where
        elif place.role == "evidence":
            names = [name.strip() for name in _BETWEEN.split(str(value)) if name.strip()]
            answer.evidence = (names, where) if names else None
        elif code.sign:
            answer.items.setdefault(code.sign, {})[code.item] = (value, where)
        else:
            answer.one = (value, where)

    def observation(self, made_from: Identity) -> tuple[dict[str, Any], dict[Path, Cell]]:
        """Give the whole as plain data, and the cell of every value by its path."""
        cells: dict[Path, Cell] = {}
        data: dict[str, Any] = {"kind": "observation"}
        standards = [found[0] for one in made_from.standards if (found := identity.reference(one)) is not None]
        checklist = identity.reference(made_from.checklist)
        if checklist is not None:
            data |= {"checklist": checklist[0], "standards": standards}
        else:
            data["standard"] = standards[0] if standards else ""
        if made_from.language:
            data["language"] = made_from.language
        data["visit"] = self._visited(cells)
        if "note" in self._visit:
            data["note"], cells[("note",)] = str(self._visit["note"][0]), self._visit["note"][1]
        answers: dict[str, object] = {}
        for standard, level in self._levels.items():
            at: Path = ("answers",) if standard is None else ("answers", standard)
            written = level.written(at, cells)
            if standard is None:
                answers |= written
            elif written:
                answers[standard] = written
        data["answers"] = answers
        praised = [self._praise(found, index, cells) for index, found in enumerate(self._praises())]
        return data | ({"commendations": praised} if praised else {}), cells

    def _visited(self, cells: dict[Path, Cell]) -> dict[str, Any]:
        visit: dict[str, Any] = {"id": ""}
        context: dict[str, object] = {}
        for name, (value, cell) in self._visit.items():
            fact = name.removeprefix("context.")
            if name == "note":
                continue
            if fact != name:
                context[fact] = value
                cells[("visit", "context", fact)] = cell
            else:
                visit[name] = value
                cells[("visit", name)] = cell
                cells.setdefault(("visit",), cell)
        known = [str(visit[name]) for name in ("site", "date", "started") if visit.get(name) is not None]
        stem = os.path.splitext(os.path.basename(self._path))[0]  # noqa: PTH119, PTH122 - what the user typed stays a text
        named = "site" in visit and "date" in visit
        visit["id"] = _ODD.sub("-", folded(" ".join(known) if named else stem)).strip("-") or "visit"
        return visit | ({"context": context} if context else {})

    def _praises(self) -> list[dict[str, tuple[object, Cell]]]:
        return [found for _, found in sorted(self._commendations.items()) if "note" in found]

    @staticmethod
    def _praise(found: dict[str, tuple[object, Cell]], index: int, cells: dict[Path, Cell]) -> dict[str, str]:
        for name, (_, cell) in found.items():
            cells[("commendations", index, name)] = cell
        return {name: str(value) for name, (value, _) in found.items()}
