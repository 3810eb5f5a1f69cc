"""Scorecards become the view model that every renderer gets: all arithmetic, rounding, sorting and wording."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from servaudit.report import origin, words
from servaudit.report.data import Data
from servaudit.report.document import Report
from servaudit.report.rows import Rows
from servaudit.report.summary import mean_score, missed, rollup_view, summary
from servaudit.report.visit import visit_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.explain import Step

    Visits = Sequence[tuple[Scorecard, Standard]]

__all__ = ["MOST", "build", "rollup_view", "singles", "visit_view"]

MOST: Final = 200
"""Visits that one document shows one by one: more make it slow to open and hard to send."""


def build(
    visits: Visits,
    rollups: Sequence[tuple[RollupCard, Standard]],
    tr: Translator,
    *,
    generator: str,
    explanations: Sequence[Step] = (),
    most: int = MOST,
) -> Report:
    """Make the report of these visits, in their order, in the translator's language.

    `generator` names the tool and its version; `explanations` are of the visits, in their order, or none at all. Of
    more than `most` visits, it says what they say together: `singles` makes a report of each. What one visit alone
    rolls up to is not shown.
    """
    return _report(visits, rollups, tr, _rows(visits, tr), generator, explanations, most)


def singles(
    visits: Visits, tr: Translator, *, generator: str, explanations: Sequence[Step] = (), home: str
) -> Iterator[tuple[Visits, Report]]:
    """Make a report of each visit, in their order, with what it was made from: on several standards, of all its parts.

    It is the report of that visit alone, but leads back to `home`, the overview's address from there.
    """
    shared, start = _rows(visits, tr), 0
    for one in _each(visits):
        own, start = explanations[start : start + len(one)], start + len(one)
        yield one, _report(one, (), tr, shared, generator, own, MOST)._replace(home=home)


def _each(visits: Visits) -> Iterator[Visits]:
    """Take visits apart; the parts of one come after its whole."""
    starts = [place for place, (card, _) in enumerate(visits) if place == 0 or card.role != "part"]
    for start, end in zip_longest(starts, starts[1:]):
        yield visits[start:end]


def _rows(visits: Visits, tr: Translator) -> dict[int, Rows]:
    return {id(standard): Rows(standard, tr) for _, standard in visits}


def _report(
    visits: Visits,
    rollups: Sequence[tuple[RollupCard, Standard]],
    tr: Translator,
    shared: Mapping[int, Rows],
    generator: str,
    explanations: Sequence[Step],
    most: int,
) -> Report:
    """Make a report; the rows of each standard are `shared` with other reports."""
    cards = [card for card, _ in visits]
    rows = [shared[id(standard)] for _, standard in visits]
    names = _names(cards)
    alone = [card for card in cards if card.role != "part"]
    alike = len({(card.standard.id, card.standard.version) for card in alone}) == 1
    apart = len(alone) > most
    mean = mean_score(cards, rows[0]) if alike and len(alone) > 1 else None
    ranked = missed(cards, rows, tr) if len(alone) > 1 else ()
    data = {id(standard): Data(shared[id(standard)]) for _, standard in visits}
    origins = origin.origins(cards, names, tr)
    return Report(
        title=rows[0].section_title("") if alike else tr.t("Audit report"),
        language=tr.language,
        generator=generator,
        visits=()
        if apart
        else tuple(
            visit_view(card, standard, tr, generator=generator, anchor=f"visit-{number}", name=name, rows=own,
                       explanation=explanation)
            for number, ((card, standard), own, name, explanation) in enumerate(
                zip_longest(visits, rows, names, explanations), 1
            )
        ),
        summary=summary(cards, rows, names, tr, mean, ranked, linked=not apart)
        if len(visits) > 1
        else None,
        rollups=tuple(rollup_view(card, standard, tr) for card, standard in rollups if card.visits > 1),
        missed=ranked if apart else (),
        data=tuple(data[id(standard)].visit(card) for card, standard in visits),
        methods=origin.methods(visits, rows, tr),
        measures=origin.measures(visits, rows, names),
        origins=origins,
        documents=origin.documents(origins),
        identities=tuple(origin.identity(card, generator) for card in cards),
    )  # fmt: skip


def _names(cards: Sequence[Scorecard]) -> list[str]:
    """Name each visit so that tables tell it from the others; its parts are called like it, beside their standard."""
    titles = [words.site(card) for card in cards]
    times = Counter(title for title, card in zip(titles, cards, strict=True) if card.role != "part")
    return [
        f"{title} · {words.clean(card.visit.id)}" if times[title] > 1 else title
        for title, card in zip(titles, cards, strict=True)
    ]
