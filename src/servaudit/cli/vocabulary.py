"""A vocabulary as people read it, for `servaudit show`: its axes, its scales, and the standards that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from servaudit.cli.exits import Exit

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.library import Library
    from servaudit.model.scale import Scale
    from servaudit.model.vocabulary import Vocabulary
    from servaudit.sources import Source


def opened(source: Source, show: Show) -> Vocabulary:
    """Load a vocabulary and say what is wrong with it. Ends the command where it cannot be used."""
    from servaudit.lint.vocabulary import lint_vocabulary  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.load import load  # noqa: PLC0415 - same
    from servaudit.model.vocabulary import Vocabulary  # noqa: PLC0415 - same

    loaded = load(source, Vocabulary)
    faults = [source.diagnostic(problem) for problem in (lint_vocabulary(loaded.value) if loaded.value else ())]
    show.diagnostics((*loaded.diagnostics, *faults))
    if loaded.value is None or any(one.severity == "error" for one in faults):
        raise typer.Exit(Exit.INPUT)
    return loaded.value


def print_vocabulary(vocabulary: Vocabulary, source: Source, library: Library, show: Show) -> None:
    """Print a vocabulary, and who uses it among what is in reach."""
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    say = show.say
    name = f"{vocabulary.id}@{vocabulary.version}"
    show.line(Piece(vocabulary.say(vocabulary.title, say.language), "bold"), f" · {name}")
    if vocabulary.description:
        show.text(vocabulary.say(vocabulary.description, say.language), style="dim")
    show.line(Piece(f"{source.path} · SHA-256 {source.sha256[:12]}…", "dim"))
    for id_, facet in vocabulary.facets.items():
        show.line()
        title = vocabulary.say(facet.title, say.language) if facet.title else id_
        show.line(Piece(title, "bold"), Piece(f"  [{id_}]", "dim"))
        for value, text in facet.values.items():
            label = vocabulary.say(text, say.language) if text else value
            show.text(label, (Piece("  "),), after=f"[{value}]")
    if vocabulary.scales:
        show.line()
        show.line(Piece(say.t("Scales"), "bold"))
    for id_, scale in vocabulary.scales.items():
        show.text(_answers(vocabulary, scale, show), (Piece("  "),), after=f"[{id_}]")
    show.line()
    users = list(_users(name, library))
    show.line(Piece(say.t("Standards that use it"), "bold"))
    for user in users or [say.t("none in reach")]:
        show.line(f"  {user}")


def _answers(vocabulary: Vocabulary, scale: Scale, show: Show) -> str:
    """Say what the answers of a scale are worth."""
    from servaudit.cli.description import between, chosen, worth  # noqa: PLC0415 - same
    from servaudit.model.scale import Choices, Info, Range  # noqa: PLC0415 - same

    say = show.say
    if isinstance(scale, Choices):
        rows = [(vocabulary.say(one.label, say.language) if one.label else key, one.points)
                for key, one in scale.choices.items()]  # fmt: skip
        return chosen(rows, say)
    if isinstance(scale, Info):
        words = [vocabulary.say(text, say.language) if text else key for key, text in (scale.choices or {}).items()]
        return " / ".join([*words, say.t("recorded, not scored")])
    if isinstance(scale, Range):
        low, high = scale.range
        return between(low, high, scale.unit, say)
    return worth(scale, say)


def _users(name: str, library: Library) -> list[str]:
    """List the standards in reach that use a vocabulary, and where each is."""
    found = []
    for one in library.shelves.reach():
        if one.head.kind == "standard":
            data = library.load(one).source.data
            use = data.get("use") if isinstance(data, dict) else None
            if isinstance(use, list) and name in use:
                found.append(f"{one.head.id or '?'}@{one.head.version or '?'} · {one.name}")
    return found
