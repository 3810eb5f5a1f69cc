"""Makes again what a person sees of a report, page or workbook, and compares it with what the report shows."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servaudit import report
from servaudit.diagnostics import msg
from servaudit.i18n import translator
from servaudit.i18n.formats import LOCALES
from servaudit.verify.compare import GENERATOR, Check, Difference, cells, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.document import Report
    from servaudit.scoring.visit import Scored
    from servaudit.sources.report import Made
    from servaudit.verify.again import Again

_HOME = re.compile(r'<a href="(\.\./[^/"]+\.html)"', re.IGNORECASE)
Rollups = list[tuple["RollupCard", "Standard"]]


def seen(made: Made, scored: Sequence[Again], rollups: Rollups, templates: Sequence[str]) -> Check | None:
    """Compare a page's texts or a workbook's cells; None for data. `templates`: a team's own, tried before ours."""
    if made.texts is None and made.book is None:
        return None
    what = msg("the texts of the page") if made.texts is not None else msg("the cells of the workbook")
    if made.generator != GENERATOR:
        why = msg("made by {generator}; this is {mine}, which may write it otherwise", generator=made.generator or "?",
                  mine=GENERATOR)  # fmt: skip
        return Check(what, "unverified", why=(why,))
    if any(not one.scored for one in scored):
        return Check(what, "unverified", why=(msg("not every visit could be scored again"),))
    if made.language not in LOCALES:
        return Check(what, "differs", (Difference("language", made.language, None),))
    best: list[Difference] | None = None
    for tried in _compared(made, scored, rollups, [Path(name) for name in templates]):
        if best is None or len(tried) < len(best):
            best = tried
        if not best:
            break
    if best is None:
        return Check(what, "unverified", why=(msg("its template is not at hand: name it with --template"),))
    return Check(what, "differs" if best else "same", tuple(best))


def _compared(
    made: Made, scored: Sequence[Again], rollups: Rollups, templates: list[Path]
) -> Iterator[list[Difference]]:
    """Yield what differs from the report made again, with each template that may have been used."""
    if made.book is not None:
        from servaudit.render import xlsx  # noqa: PLC0415 - only a workbook needs it
        from servaudit.sources import workbook  # noqa: PLC0415 - same

        for template in (*(path for path in templates if path.suffix.lower() == ".xlsx"), None):
            if made.template not in (None, hashlib.sha256(xlsx.content(template)).hexdigest()):
                continue
            for most in (report.MOST, 1):  # a workbook does not say whether only its summary was asked for
                view = _view(made, scored, rollups, most)
                again = workbook.parse(made.path, xlsx.render(view, template, folder=Path(made.path).parent))
                yield list(cells(made.book, again))
        return
    from servaudit.render import html  # noqa: PLC0415 - only a page needs it
    from servaudit.sources.report import texts_of  # noqa: PLC0415 - same

    said = made.texts or ()
    view = _view(made, scored, rollups, report.MOST)
    home = _home(said) if len(scored) == 1 else None  # the page of one of very many visits leads to their overview
    for template in (*(path for path in templates if path.suffix.lower() == ".html"), None):
        for one in (view._replace(home=home), view) if home else (view,):
            yield list(texts(said, texts_of(html.render(one, template).decode())))


def _home(said: Sequence[str]) -> str | None:
    """Find where a page leads back to an overview; None where it does not."""
    return next((match[1] for text in said if (match := _HOME.match(text))), None)


def _view(made: Made, scored: Sequence[Again], rollups: Rollups, most: int) -> Report:
    """Build the view of the report, its visits in the order of the report, its documents called as they were then."""
    from servaudit.report.explain import explain  # noqa: PLC0415 - only what is seen needs it

    language = made.language or "en"
    words = translator(language)
    ordered = list(_ordered(made, scored))
    kept = [(_named(made, one, observation), one.plan.standard) for one, observation in ordered]
    explanations = [explain(one.plan, one, words) for one, _ in ordered] if made.texts is not None else []
    return report.build(kept, rollups, words, generator=GENERATOR, explanations=explanations, most=most)


def _ordered(made: Made, scored: Sequence[Again]) -> Iterator[tuple[Scored, Again]]:
    if not made.cards:
        for one in scored:
            for each in one.scored:
                yield each, one
        return
    by_hash = {one.observation.sha256: one for one in scored}
    for card in made.cards:
        one = by_hash[card["observation"]["sha256"]]
        for each in one.scored:
            if each.card.standard.sha256 == card["standard"]["sha256"] and each.card.role == card.get("role"):
                yield each, one


def _named(made: Made, scored: Scored, again: Again) -> Scorecard:
    """Call the documents as the report calls them, wherever they were found now."""
    card = scored.card
    paths: dict[str, Any] = {one.sha256: one.path for one in made.standards}
    return card._replace(
        observation=card.observation._replace(path=again.observation.path),
        standard=card.standard._replace(path=paths.get(card.standard.sha256, card.standard.path)),
    )
