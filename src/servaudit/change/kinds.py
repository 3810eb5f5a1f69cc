"""The kinds of changes a standard can undergo, and which part of the version each one raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from servaudit.diagnostics import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["none", "patch", "minor", "major"]
LEVELS: Final[tuple[Level, ...]] = ("none", "patch", "minor", "major")


class Kind(NamedTuple):
    """What a change is called, and what it raises at least."""

    level: Level
    title: Message


def highest(levels: list[Level]) -> Level:
    """Give the gravest of several levels; `none` of nothing."""
    return max(levels, key=LEVELS.index, default="none")


KINDS: Final[Mapping[str, Kind]] = {
    # what people read: no score moves
    "wording": Kind("patch", msg("wording")),
    "guidance": Kind("patch", msg("guidance")),
    "label": Kind("patch", msg("label of an answer")),
    "translation-added": Kind("patch", msg("translation added")),
    "translation-changed": Kind("patch", msg("translation changed")),
    "translation-removed": Kind("patch", msg("translation removed")),
    "translation-stale": Kind("patch", msg("translation left behind")),
    "language": Kind("patch", msg("language of the document")),
    "order": Kind("patch", msg("order")),
    "vocabulary": Kind("patch", msg("vocabulary in use")),
    "history": Kind("patch", msg("history")),
    # what is new: visits made before keep their score
    "criterion-added": Kind("minor", msg("criterion added")),
    "section-added": Kind("minor", msg("section added")),
    "answer-added": Kind("minor", msg("answer added to a scale")),
    "facet": Kind("minor", msg("place on an axis of analysis")),
    "facet-added": Kind("minor", msg("axis of analysis or value added")),
    "attribute-added": Kind("minor", msg("attribute added")),
    "parameter-added": Kind("minor", msg("parameter added")),
    "context-added": Kind("minor", msg("fact of the visit added")),
    "measure-added": Kind("minor", msg("measure added")),
    "rollup-added": Kind("minor", msg("conclusion on visits added")),
    "evidence": Kind("minor", msg("evidence required")),
    "display": Kind("minor", msg("display of the score")),
    "scale-added": Kind("minor", msg("shared scale added")),
    "standard-range": Kind("minor", msg("versions of a standard taken")),
    "visit-field": Kind("minor", msg("what is asked of the visit")),
    # ids, and everything a score is made of
    "identity": Kind("major", msg("id of the standard")),
    "criterion-removed": Kind("major", msg("criterion removed")),
    "criterion-renamed": Kind("major", msg("criterion renamed")),
    "criterion-moved": Kind("major", msg("criterion moved")),
    "criterion-split": Kind("major", msg("criterion split")),
    "criterion-merged": Kind("major", msg("criterion merged")),
    "section-removed": Kind("major", msg("section removed")),
    "section-renamed": Kind("major", msg("section renamed")),
    "section-moved": Kind("major", msg("section moved")),
    "scale": Kind("major", msg("scale")),
    "scale-removed": Kind("major", msg("shared scale removed")),
    "answer-removed": Kind("major", msg("answer removed from a scale")),
    "weight": Kind("major", msg("weight")),
    "severity": Kind("major", msg("severity")),
    "status": Kind("major", msg("status")),
    "facet-removed": Kind("major", msg("axis of analysis or value removed")),
    "attribute": Kind("major", msg("attribute")),
    "attribute-removed": Kind("major", msg("attribute removed")),
    "parameter": Kind("major", msg("parameter")),
    "parameter-removed": Kind("major", msg("parameter removed")),
    "context": Kind("major", msg("fact of the visit")),
    "context-removed": Kind("major", msg("fact of the visit removed")),
    "repeat": Kind("major", msg("repeated observations")),
    "bonus": Kind("major", msg("bonus")),
    "condition": Kind("major", msg("condition of application")),
    "policy": Kind("major", msg("policy")),
    "combination": Kind("major", msg("combination")),
    "measure": Kind("major", msg("measure")),
    "measure-removed": Kind("major", msg("measure removed")),
    "ladder": Kind("major", msg("ladder of levels")),
    "levels": Kind("major", msg("levels")),
    "limit": Kind("major", msg("limit")),
    "limit-added": Kind("major", msg("limit added")),
    "limit-removed": Kind("major", msg("limit removed")),
    "pass-mark": Kind("major", msg("pass mark")),
    "target": Kind("major", msg("levels aimed at")),
    "standard-added": Kind("major", msg("standard added")),
    "standard-removed": Kind("major", msg("standard removed")),
    "selection": Kind("major", msg("selection of criteria")),
    "rollup-removed": Kind("major", msg("conclusion on visits removed")),
}
