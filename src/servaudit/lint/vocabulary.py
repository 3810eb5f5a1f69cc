"""What is wrong with a vocabulary as a whole, and with a standard and the vocabularies it uses put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg
from servaudit.lint.scale import scale_faults
from servaudit.model.vocabulary import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.model.standard import Standard
    from servaudit.model.vocabulary import Vocabulary


def lint_vocabulary(vocabulary: Vocabulary) -> list[Problem]:
    """Find every fault of a vocabulary."""
    found = list(scale_faults(vocabulary.scales))
    if not vocabulary.facets and not vocabulary.scales:
        found.append(Problem("vocabulary-empty", (), msg("a vocabulary declares facets or scales")))
    return found


def repeated(standard: Standard) -> Iterator[Problem]:
    """Find vocabularies that a standard names twice, be it in two versions."""
    seen: set[str] = set()
    for index, pin in enumerate(standard.use):
        name = pin.partition("@")[0]
        if name in seen:
            yield Problem("duplicate-id", ("use", index), msg("vocabulary “{id}” is used already", id=name))
        seen.add(name)


def clashes(standard: Standard, vocabularies: Sequence[Vocabulary]) -> Iterator[Problem]:
    """Find ids that are declared twice: by the standard and a vocabulary, or by two vocabularies (in `use:` order)."""
    for group in GROUPS:
        declared: dict[str, Vocabulary] = {}
        own = getattr(standard, group)
        for index, vocabulary in enumerate(vocabularies):
            name = f"{vocabulary.id}@{vocabulary.version}"
            for id_ in getattr(vocabulary, group):
                if id_ in own:
                    message = (
                        msg("facet “{id}” is declared by vocabulary {name}, too", id=id_, name=name)
                        if group == "facets"
                        else msg("scale “{id}” is declared by vocabulary {name}, too", id=id_, name=name)
                    )
                    remedy = msg("take it away here, or give it another id")
                    yield Problem("vocabulary-clash", (group, id_), message, remedy, on_key=True)
                elif id_ in declared:
                    first = f"{declared[id_].id}@{declared[id_].version}"
                    message = (
                        msg("facet “{id}” is declared by {one} and by {other}", id=id_, one=first, other=name)
                        if group == "facets"
                        else msg("scale “{id}” is declared by {one} and by {other}", id=id_, one=first, other=name)
                    )
                    yield Problem("vocabulary-clash", ("use", index), message, msg("use one of the two"))
                else:
                    declared[id_] = vocabulary
