"""Where a report's figures come from: the documents and their hashes, how they were scored, and named values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.report import words
from servaudit.report.document import MethodRow, OriginRow, VisitMeasures
from servaudit.report.method import method
from servaudit.report.view import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.i18n import Translator
    from servaudit.model.scorecard import Scorecard, StandardRef
    from servaudit.model.standard import Standard
    from servaudit.report.rows import Rows


def identity(card: Scorecard, generator: str) -> Identity:
    """Name exactly the documents and the tool a score came from."""
    return Identity(
        standard=card.standard.id, version=card.standard.version, standard_sha256=card.standard.sha256,
        standard_path=words.clean(card.standard.path), observation_path=words.clean(card.observation.path),
        observation_sha256=card.observation.sha256, generator=generator,
        checklist=_named(card.checklist) if card.checklist else None,
    )  # fmt: skip


def _named(document: StandardRef) -> str:
    return f"{document.id}@{document.version} sha256:{document.sha256} {words.clean(document.path)}"


def methods(
    visits: Sequence[tuple[Scorecard, Standard]], rows: Sequence[Rows], tr: Translator
) -> tuple[MethodRow, ...]:
    """Say how each standard scores, once for all visits to it."""
    found: dict[str, MethodRow] = {}
    for (card, standard), own in zip(visits, rows, strict=True):
        if card.standard.sha256 not in found:
            found[card.standard.sha256] = MethodRow(
                own.section_title(""), standard.version, method(standard, own, tr, whole=card.role == "whole")
            )
    return tuple(found.values())


def measures(
    visits: Sequence[tuple[Scorecard, Standard]], rows: Sequence[Rows], names: Sequence[str]
) -> tuple[VisitMeasures, ...]:
    """Write the named values of each visit that has some; a part of one is named with its standard."""
    return tuple(
        VisitMeasures(
            f"{name} · {own.section_title('')}" if card.role == "part" else name,
            own.measures(card.measures, standard.scoring.measures),
        )
        for (card, standard), own, name in zip(visits, rows, names, strict=True)
        if card.measures
    )


def origins(cards: Sequence[Scorecard], names: Sequence[str], tr: Translator) -> tuple[OriginRow, ...]:
    """List every document of every visit, evidence too, with its hash; once, what several standards share."""
    rows = (row for card, name in zip(cards, names, strict=True) for row in _origins(card, name, tr))
    return tuple(dict.fromkeys(rows))


def documents(origins: Sequence[OriginRow]) -> tuple[OriginRow, ...]:
    """Take each document once, as the first visit that names it does; what was not found is told by its name."""
    found: dict[tuple[str, str | None], OriginRow] = {}
    for one in origins:
        found.setdefault((one.file, one.sha256), one)
    return tuple(found.values())


def _origins(card: Scorecard, name: str, tr: Translator) -> Iterator[OriginRow]:
    standard, kind = card.standard, tr.t("Checklist") if card.role == "whole" else tr.t("Standard")
    yield OriginRow(name, words.clean(card.observation.path), None, card.observation.sha256, tr.t("Observation"))
    yield OriginRow(name, words.clean(standard.path), standard.version, standard.sha256, f"{kind} {standard.id}")
    evidence = tr.t("Evidence")
    for score in card.criteria:
        for file in score.evidence:
            what = f"{evidence} · {score.path}"
            yield OriginRow(name, words.clean(file.path), None, file.sha256, what)
