"""How the points of a draft become its score, and the weights that this takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import msg
from servaudit.draft.made import Noted

if TYPE_CHECKING:
    from servaudit.draft.made import Combine, Section


def weigh(root: Section, notes: list[Noted]) -> Combine:
    """Choose how a grid's points become a score, and complete the weights that it takes.

    Points add up, as in most grids, where all scales have one maximum or the grid itself says what is worth how many
    points. Where its sections have weights of their own, or scales differ, sections are means of scores.
    """
    _drop_zeros(root, notes)
    scored = [one for one in root.all_criteria() if one.scale.maximum is not None]
    own = [section for section in root.all_sections() if section.weight is not None]
    one_maximum = len({one.scale.maximum for one in scored}) < 2  # noqa: PLR2004 - one for all
    if not own and (one_maximum or all(one.pointed for one in scored) or all(one.scale.explicit for one in scored)):
        return "sum"
    for section in root.all_sections():
        if section.weight is None and not own:
            section.weight, section.summed = section.total, True
    missing = [section for section in root.sections if section.weight is None]
    if own and missing:
        notes += [
            Noted(section.place, msg("no weight of its own, where other sections have one: 1 was taken"))
            for section in missing
        ]
    return "mean"


def _drop_zeros(section: Section, notes: list[Noted]) -> None:
    """Leave out weights that are all zero: no score could be made of them."""
    if section.criteria and not section.sections and all(one.weight == 0 for one in section.criteria):
        section.criteria = [one._replace(weight=None) for one in section.criteria]
        notes.append(Noted(section.criteria[0].place, msg("all weights are zero here: they were left out")))
    if section.sections and all(one.weight == 0 for one in section.sections):
        for one in section.sections:
            one.weight = None
    for inner in section.sections:
        _drop_zeros(inner, notes)
