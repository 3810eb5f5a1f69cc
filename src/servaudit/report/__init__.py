"""Scorecards become the view model that every renderer gets: all arithmetic, rounding, sorting and wording."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from servaudit.report.rows import Rows
from servaudit.report.summary import mean_score, rollup_view, summary
from servaudit.report.view import Report
from servaudit.report.visit import visit_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.explain import Step
    from servaudit.report.view import VisitView

__all__ = ["build", "rollup_view", "summary", "visit_view"]


def build(
    visits: Sequence[tuple[Scorecard, Standard]],
    rollups: Sequence[tuple[RollupCard, Standard]],
    tr: Translator,
    *,
    generator: str,
    explanations: Sequence[Step] = (),
) -> Report:
    """Make the report of these visits, in their order, in the translator's language.

    `generator` names the tool and its version; `explanations` are of the visits, in their order, or none at all.
    One visit alone is made with `visit_view`, without holding others.
    """
    shared = {id(standard): Rows(standard, tr) for _, standard in visits}
    views = tuple(
        visit_view(
            card,
            standard,
            tr,
            generator=generator,
            anchor=f"visit-{position}",
            rows=shared[id(standard)],
            explanation=explanation,
        )
        for position, ((card, standard), explanation) in enumerate(zip_longest(visits, explanations), 1)
    )
    views = _named(views)
    whole = [view for view in views if view.role != "part"]
    alike = len({(card.standard.id, card.standard.version) for card, _ in visits if card.role != "part"}) == 1
    mean = mean_score(whole, visits[0][1], tr) if alike else None
    return Report(
        title=views[0].standard_title if alike else tr.t("Audit report"),
        language=tr.language,
        generator=generator,
        visits=views,
        summary=summary(views, tr, mean) if len(views) > 1 else None,
        rollups=tuple(rollup_view(card, standard, tr) for card, standard in rollups),
    )


def _named(views: tuple[VisitView, ...]) -> tuple[VisitView, ...]:
    """Name each visit so that tables tell it from the others; parts are told by their standard already."""
    times = Counter(view.title for view in views if view.role != "part")
    return tuple(
        view._replace(name=f"{view.title} · {view.id}" if view.role != "part" and times[view.title] > 1 else view.title)
        for view in views
    )
