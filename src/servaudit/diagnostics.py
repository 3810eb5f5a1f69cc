"""What can be wrong with a document, and where: the one vocabulary of every message servaudit gives.

A check names a *symbolic* place (`Problem.path`, the keys that lead to it); the loader turns it into a line
and column (`Span`) or a sheet and cell (`Cell`) once, and the console prints it.
"""

from __future__ import annotations

import errno
from bisect import bisect
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


class Message(NamedTuple):
    """A sentence to translate: an English template with `{named}` fields, and the values of the fields."""

    template: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        return self.template.format(**self.values)


def msg(template: str, /, **values: object) -> Message:
    """Make a message; the catalogues' extraction looks for calls of this name."""
    return Message(template, values)


_REASONS: Mapping[int, Message] = {
    errno.EACCES: msg("permission is denied"),
    errno.EPERM: msg("permission is denied"),
    errno.ENOENT: msg("it does not exist"),
    errno.EEXIST: msg("a file is in the way"),
    errno.ENOTDIR: msg("a part of its path is not a folder"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EDQUOT: msg("your share of the disk is used up"),
    errno.EFBIG: msg("it would be larger than is allowed"),
    errno.EROFS: msg("the disk can only be read"),
    errno.ENAMETOOLONG: msg("its name is too long"),
    errno.ELOOP: msg("its links go round in a circle"),
    errno.EBADF: msg("it is closed"),
}


def reason(error: BaseException) -> Message:
    """Say why the system refused something; what is rare stays in the system's own words."""
    known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    if known is not None:
        return known
    return msg("{reason}", reason=getattr(error, "strerror", None) or str(error) or type(error).__name__)


class Span(NamedTuple):
    """A place in a text file; line and columns count from 1, `end_column` is one past the last character.

    `snippet` is the line, or of a very long one the part around the place; it starts in column `snippet_start`.
    """

    file: str
    line: int
    column: int
    end_column: int
    snippet: str = ""
    snippet_start: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Cell(NamedTuple):
    """A place in a workbook."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.file}: {self.sheet}!{self.cell}"


class Problem(NamedTuple):
    """A fault found by a pure check, at a symbolic place.

    `path` leads to the value; `on_key` points at the key instead. `at` moves the place that many characters into
    the value (an error inside an expression).
    """

    code: str
    path: Path
    message: Message
    help: Message | None = None
    on_key: bool = False
    at: int | None = None


class Diagnostic(NamedTuple):
    """A fault at a concrete place: what `file:line:col: error[code] message` is printed from.

    `switched`: how grave a team wants it taken, where that is not what the table of codes says.
    """

    code: str
    where: Span | Cell | str
    message: Message
    help: Message | None = None
    switched: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is: the table of codes says so, unless a team switched the code."""
        return self.switched or CODES[self.code].severity

    @property
    def file(self) -> str:
        """The file the place is in, as the user named it."""
        return self.where if isinstance(self.where, str) else self.where.file

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, then place, then code."""
        line, column = (self.where.line, self.where.column) if isinstance(self.where, Span) else (0, 0)
        return self.file, line, column, self.code


_COMPARED, _LOOKED_AT, _WORD = 200, 5_000, 64
"""How many words a misspelt one is compared with, of how many, and how long they may be."""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """List the known words, two at most, that a misspelt one may stand for.

    Of a long list, only words of the same first letter and about the same length are compared, of many of them those
    that begin most alike; and of a very long one only those at its start, which a set has not: a file of 50,000 words
    can hold as many mistakes, and each would take its time with all.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault needs it

    if len(word) > _WORD or (isinstance(known, set | frozenset) and len(known) > _LOOKED_AT):
        return []
    words = [one for one in islice(known, _LOOKED_AT) if len(one) <= _WORD]
    if len(words) > _COMPARED:
        words = sorted(one for one in words if one[:1] == word[:1] and abs(len(one) - len(word)) <= 1)
        # In their order, the words around this one are those that share the longest beginning with it.
        first = max(0, min(bisect(words, word) - _COMPARED // 2, len(words) - _COMPARED))
        words = words[first : first + _COMPARED]
    return get_close_matches(word, words, n=2, cutoff=0.6)


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """Help that names the nearest known words, or None when nothing is near."""
    near = [msg("“{value}”", value=name) for name in nearest(word, known)]
    if not near:
        return None
    names = near[0] if len(near) == 1 else msg("{one} or {other}", one=near[0], other=near[1])
    return msg("did you mean {names}?", names=names)


def switch(found: Iterable[Diagnostic], switches: Mapping[str, Severity | Literal["off"]]) -> tuple[Diagnostic, ...]:
    """Leave out the warnings that are switched off, and take for errors those that are switched to it."""
    if not switches:
        return tuple(found)
    taken = []
    for one in found:
        wanted = switches.get(one.code)
        if wanted is None or one.severity == "error":
            taken.append(one)
        elif wanted != "off":
            taken.append(one._replace(switched=wanted))
    return tuple(taken)


class Code(NamedTuple):
    """How grave a fault is, and what its code means; docs/diagnostics.md is made from these.

    `usual`: whether it is looked for where nobody asks for it; a rule that is not waits to be switched on.
    """

    severity: Severity
    meaning: str
    usual: bool = True


_ERROR: Severity = "error"
_WARNING: Severity = "warning"

CODES: Mapping[str, Code] = {
    # reading a file
    "file-not-found": Code(_ERROR, "the file or folder does not exist"),
    "file-unreadable": Code(_ERROR, "the file exists and cannot be opened"),
    "revision": Code(_ERROR, "a revision, or a file in it, that git cannot give"),
    "file-too-large": Code(_ERROR, "the file is larger than a document can be"),
    "file-empty": Code(_ERROR, "the file holds no document"),
    "not-text": Code(_ERROR, "the file is not text"),
    "encoding": Code(_ERROR, "the file is text in another encoding than UTF-8"),
    "yaml-syntax": Code(_ERROR, "the file breaks the rules of YAML"),
    "json-syntax": Code(_ERROR, "the file breaks the rules of JSON"),
    "duplicate-key": Code(_ERROR, "a key is given twice in one mapping"),
    "alias": Code(_ERROR, "YAML aliases are not used: what is meant is written out"),
    "tag": Code(_ERROR, "YAML tags are not used: the model says what a value is"),
    "several-documents": Code(_ERROR, "a file holds one document"),
    "too-deep": Code(_ERROR, "the document is nested deeper than any real one"),
    "too-many-nodes": Code(_ERROR, "the document has more values than any real one"),
    "key-type": Code(_ERROR, "a key is a word, a number or true/false, not a list, a mapping or nothing"),
    "control-character": Code(_WARNING, "an invisible control character was taken out of a text"),
    # reading a workbook
    "workbook-unreadable": Code(_ERROR, "the file is not a workbook that can be read"),
    "workbook-too-large": Code(_ERROR, "a workbook larger, or unpacking to more, than any checklist"),
    "workbook-macros": Code(_WARNING, "a workbook with macros: they are not run"),
    "workbook-links": Code(_WARNING, "a workbook that refers to other workbooks: they are not opened"),
    "workbook-foreign": Code(_ERROR, "a workbook that servaudit did not make for filling in"),
    "workbook-format": Code(_ERROR, "a workbook to fill in of another format than this servaudit reads"),
    "workbook-formula": Code(_ERROR, "a formula, or an error value, where an answer is expected"),
    "workbook-cells": Code(_ERROR, "cells of a checklist that were deleted, or cannot be told apart any more"),
    "workbook-label": Code(_WARNING, "the wording of a criterion was changed in the workbook"),
    "workbook-version": Code(_WARNING, "a workbook made from another text of the same version of a document"),
    # what a document is
    "missing-key": Code(_ERROR, "a required key is missing"),
    "unknown-key": Code(_ERROR, "a key that this kind of document does not have"),
    "unknown-kind": Code(_ERROR, "`kind:` is missing or names no kind of document"),
    "wrong-type": Code(_ERROR, "a value of another type than expected"),
    "bad-value": Code(_ERROR, "a value of the right type that is not allowed here"),
    # the configuration
    "unknown-code": Code(_ERROR, "a code in `lint:` of servaudit.yaml that is none of a warning"),
    "folder-missing": Code(_WARNING, "a folder of standards that servaudit.yaml names and that is not there"),
    # finding a standard
    "standard-not-found": Code(_ERROR, "no standard of that id was found"),
    "checklist-not-found": Code(_ERROR, "no checklist of that id was found"),
    "standard-conflict": Code(_ERROR, "two different files are the same version of one document"),
    "standard-invalid": Code(_ERROR, "a standard or vocabulary that is named has errors of its own"),
    "version-mismatch": Code(_ERROR, "what is named was found in another version"),
    "vocabulary-not-found": Code(_ERROR, "no vocabulary of that id was found"),
    "vocabulary-clash": Code(_ERROR, "a facet or scale that a vocabulary in use declares, too"),
    "vocabulary-empty": Code(_ERROR, "a vocabulary that declares neither facets nor scales"),
    "version-rewritten": Code(_WARNING, "git has several contents of the version that is named, and no tag marks one"),
    # what a standard means
    "reserved-name": Code(_ERROR, "a name that expressions already use for something else"),
    "duplicate-id": Code(_ERROR, "an id is given twice"),
    "unknown-facet": Code(_ERROR, "a facet, or a value of it, that the standard does not declare"),
    "unknown-name": Code(_ERROR, "a name in an expression that is not defined there"),
    "unknown-level": Code(_ERROR, "a level that the standard does not declare"),
    "unknown-target": Code(_ERROR, "a level aimed at that `classify` does not list"),
    "unknown-criterion": Code(_ERROR, "a criterion that the standard does not have"),
    "unknown-attribute": Code(_ERROR, "an attribute that the standard does not declare"),
    "scale-unknown": Code(_ERROR, "a scale that is neither declared nor built in"),
    "scale-shape": Code(_ERROR, "a scale whose points or bounds make no sense"),
    "unknown-answer": Code(_ERROR, "an expression compares with an answer that the scale does not have"),
    "expression-syntax": Code(_ERROR, "an expression that cannot be read"),
    "expression-type": Code(_ERROR, "an expression that compares or computes what does not fit"),
    "no-maximum": Code(_ERROR, "a score needs a maximum and the scale has none"),
    "zero-maximum": Code(_ERROR, "a maximum of zero: no score can be made of it"),
    "above-maximum": Code(_WARNING, "a scale whose best answer is worth more than its maximum: scores above 100 %"),
    "not-a-ratio": Code(_ERROR, "a score written as a percentage: scores are ratios, 0.8 for 80%"),
    "zero-demerits": Code(_WARNING, "a policy of 0 points on demerits: what nobody observed counts as perfect"),
    "repeated-answer": Code(_WARNING, "a condition on a criterion observed several times, whose answers may differ"),
    "zero-weights": Code(_ERROR, "all weights of a group are zero"),
    "cyclic-applicability": Code(_ERROR, "criteria whose `applies_when` depend on each other in a circle"),
    "combination": Code(_ERROR, "a combination that its children do not allow"),
    "ladder-no-last-rung": Code(_WARNING, "the last rung of the ladder has a condition: a visit may get no level"),
    "rung-shadowed": Code(_WARNING, "a rung that can never be reached"),
    "constant-condition": Code(_WARNING, "a condition that is always true or always false"),
    "na-critical": Code(_WARNING, "a critical criterion may be answered “not applicable” and so escape"),
    # whether a standard is a good one
    "two-questions": Code(_WARNING, "a criterion that asks two things at once"),
    "vague-word": Code(_WARNING, "a criterion with a word that each auditor takes in another way"),
    "judgement-word": Code(_WARNING, "a criterion that asks for a feeling and not for what is seen or heard"),
    "negative-wording": Code(_WARNING, "a criterion that says what should not be", usual=False),
    "no-guidance": Code(_WARNING, "a criterion, or every one, that does not say how to judge it"),
    "na-unsettled": Code(
        _WARNING, "a critical criterion that leaves open what “not applicable” does to it", usual=False
    ),
    "dominant-criterion": Code(_WARNING, "a criterion that decides more than half of its section"),
    "saturated-sum": Code(_WARNING, "a sum that a part of it brings to its maximum or floor: the rest cannot count"),
    "unreachable-maximum": Code(_WARNING, "a maximum that no answers can reach"),
    "equal-answers": Code(_WARNING, "two answers of a scale that are worth the same"),
    "unused-level": Code(_WARNING, "a level that no rung of the ladder gives"),
    "unused-facet": Code(_WARNING, "an axis of analysis, or a value of it, that no criterion has a place on"),
    "missing-translation": Code(_WARNING, "a text without one of the languages that the title has"),
    "stale-translation": Code(_WARNING, "a text that changed since a revision while its translation did not"),
    "id-pattern": Code(_WARNING, "an id that is not written as the house writes ids"),
    "house-word": Code(_WARNING, "a text with a word that the team's glossary avoids"),
    # what a checklist means
    "selection-empty": Code(_ERROR, "a selection that selects nothing"),
    "selection-condition": Code(_WARNING, "a condition or rule of the standard that rests on what is left out"),
    "selection-maximum": Code(_WARNING, "a declared maximum that what is left of a sum no longer reaches"),
    "critical-left-out": Code(_WARNING, "a critical criterion that a checklist leaves out"),
    # what the history of a standard means
    "history-version": Code(_ERROR, "the history tells of a version that is still to come"),
    "history-unknown": Code(_ERROR, "the history speaks of an id that there is not, or still is, where it says so"),
    "history-twice": Code(_ERROR, "one version of the history says two things of one id"),
    "version-not-raised": Code(_ERROR, "a standard that changed, and whose version is not raised as the change asks"),
    "answer-kept": Code(_WARNING, "an answer that a newer version has no place for: it is kept, and not scored"),
    # what an observation means
    "visit-field": Code(_WARNING, "a field of the visit that the checklist asks for is missing, or is not in its list"),
    "answer-out-of-scope": Code(_WARNING, "an answer to a criterion that the checklist leaves out; it is not scored"),
    "duplicate-visit": Code(_WARNING, "two observations of one visit: both are scored, and both count"),
    "answer-unknown": Code(_ERROR, "an answer that is not one of the scale's"),
    "answer-unit": Code(_ERROR, "an answer in a unit that the scale does not measure in"),
    "answer-range": Code(_ERROR, "an answer outside the scale's bounds"),
    "answer-shape": Code(_ERROR, "a list, tally or mapping where the criterion takes one answer"),
    "answer-hidden": Code(_WARNING, "an answer to a criterion that does not apply; it is not scored"),
    "note-only": Code(_WARNING, "a note or evidence without an answer: the criterion counts as unobserved"),
    "commendation-shared": Code(
        _WARNING, "a commendation of a criterion that several standards have: it shows in each"
    ),
    "context-missing": Code(_ERROR, "a fact of the visit that the standard needs is missing"),
    "context-unknown": Code(_ERROR, "a fact of the visit that the standard does not declare"),
    "context-type": Code(_ERROR, "a fact of the visit of another type than declared"),
    "override-unknown": Code(_ERROR, "an override to a level or verdict that does not exist"),
    "made-from": Code(_WARNING, "an observation filled in with another text of its standard, of the same version"),
    "evidence-missing": Code(_WARNING, "required evidence, or a file that is named, is missing"),
    "evidence-not-image": Code(_WARNING, "a photo that no page can show: no image, not a whole one, or too large"),
    "evidence-path": Code(_ERROR, "evidence outside the observation's folder"),
    "evidence-unreadable": Code(_ERROR, "an evidence file that cannot be used"),
    # grids that become standards
    "grid-columns": Code(_ERROR, "a grid whose columns cannot be told: --map says which they are"),
    "grid-too-large": Code(_WARNING, "a sheet with cells beyond those of any grid: they are left out"),
    "table-unreadable": Code(_ERROR, "a table of text that cannot be read"),
    "picture": Code(_WARNING, "a picture of a standard that cannot be shown"),
    # reports
    "report": Code(_ERROR, "a file that is no report, or one that does not say what it was made from"),
    # templates of reports
    "template": Code(_ERROR, "a report template that cannot be rendered"),
}
