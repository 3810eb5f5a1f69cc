"""`servaudit init`: a folder where standards are kept as code, with everything there that it takes to start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from servaudit.cli.exits import InputError, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.diagnostics import did_you_mean, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from servaudit.cli.language import Speech
    from servaudit.library import Library
    from servaudit.model.standard import Standard

DEFAULT = "service_behaviours"
SCHEMAS = ("standard", "vocabulary", "checklist", "observation", "configuration")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(init)


def _delivered(incomplete: str) -> list[str]:
    """Complete the id of a standard of the library."""
    from servaudit.shelves import Shelves  # noqa: PLC0415 - only a shell that completes needs it

    ids = (one.head.id or "" for one in Shelves().delivered() if one.head.kind == "standard")
    return sorted(name for name in ids if name.startswith(incomplete))


def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Made if it is not there.")] = ".",
    standard: Annotated[
        list[str] | None,
        typer.Option(
            "--standard",
            metavar="ID",
            help=f"A standard to adopt from the library; {DEFAULT} by default.",
            autocompletion=_delivered,
        ),
    ] = None,
    lang: LANG = None,
) -> None:
    """Start a folder of standards: standards to adopt, a checklist, an example visit, configuration, editor, CI.

    Nothing that is there is replaced: what exists is left as it is, and named.
    """
    from servaudit.cli.show import Show  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.render import output  # noqa: PLC0415 - same

    if not folder:
        raise UsageError(msg("the name of the folder is empty"))
    language = spoken(lang)
    show = Show(language)
    library = Library()
    adopted = [_adopt(name, library) for name in dict.fromkeys(standard or [DEFAULT])]
    root = Path(folder)
    written = 0
    try:
        for name, content in _files(adopted, language):
            target = root / name
            if os.path.lexists(target):
                show.note(msg("left as it is: {path}", path=str(target)))
                continue
            output.write(target, content)
            written += 1
            show.note(msg("written: {path}", path=str(target)))
    except output.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    if not written:
        show.note(msg("everything was there already"))
        return
    go = "" if root.resolve() == Path.cwd() else f"cd {_argument(folder)}\n"
    show.line(show.say.t("Next:"))
    for line in f"{go}servaudit validate .\nservaudit score".splitlines():
        show.line(f"  {line}")


class Adopted(NamedTuple):
    """A standard with what it uses, and the files to copy for it, each under its name here."""

    standard: Standard
    files: Mapping[str, Traversable]


def _adopt(name: str, library: Library) -> Adopted:
    """Find a standard of the delivered library, by its id, or `id@version`, and the vocabularies that it uses."""
    from servaudit import sources  # noqa: PLC0415 - same
    from servaudit.model.standard import Standard  # noqa: PLC0415 - same

    shelf = library.shelves.delivered()
    delivered = [one for one in shelf if one.head.kind == "standard"]
    for one in delivered:
        if name in (one.head.id, f"{one.head.id}@{one.head.version}"):
            standard = library.open(sources.parse(one.name, one.file.read_bytes())).value
            if isinstance(standard, Standard):
                used = (each for each in shelf if f"{each.head.id}@{each.head.version}" in standard.use)
                return Adopted(standard, {f"standards/{each.head.id}.yaml": each.file for each in (*used, one)})
    known = sorted(one.head.id or "" for one in delivered)
    fault = msg("the library has no standard “{name}”", name=name)
    help_ = did_you_mean(name, known) or msg("it has {names}", names=", ".join(known))
    raise InputError(msg("{fault}; {help}", fault=fault, help=help_))


def _files(adopted: list[Adopted], language: Speech) -> Iterator[tuple[str, bytes]]:
    """Yield everything to write, by its path in the folder; those that others need come first."""
    from servaudit import resources  # noqa: PLC0415 - same
    from servaudit.cli.schema import as_text  # noqa: PLC0415 - same
    from servaudit.model.schema import schema  # noqa: PLC0415 - same

    for name, file in {name: file for one in adopted for name, file in one.files.items()}.items():
        text = file.read_text("utf-8").replace("../docs/schemas/", "../schemas/")
        yield name, text.encode()
    standards = [one.standard for one in adopted]
    source = resources.templates().joinpath("init")
    for folder in (source.joinpath(language), source.joinpath("all")):
        for name, file in _below(folder, ""):
            text = file.read_text("utf-8")
            several = len(standards) > 1
            # Standards do not always add up to a whole: each has a checklist and a visit of its own.
            for standard in standards if "@checklist@" in text else standards[:1]:
                filled = text
                for mark, fill in _fills(standard, language, several=several).items():
                    filled = filled.replace(f"@{mark}@", fill)
                yield _named(name, standard, several=several), filled.encode()
    for kind in SCHEMAS:
        yield f"schemas/{kind}.json", as_text(schema(kind)).encode()


def _named(name: str, standard: Standard, *, several: bool) -> str:
    """Call the files that there are once for each standard by it, where there are several."""
    own = {"checklists/visit.yaml": f"checklists/{standard.id}_visit.yaml",
           "visits/example.yaml": f"visits/{standard.id}_example.yaml"}  # fmt: skip
    return own.get(name, name) if several else name


def _fills(standard: Standard, language: Speech, *, several: bool) -> dict[str, str]:
    """Say what stands in place of the marks `@name@` in the files; of `several`, each is called by its standard."""
    from servaudit.cli.sample import answers, facts, written  # noqa: PLC0415 - same
    from servaudit.i18n import translator  # noqa: PLC0415 - same

    text = translator(language).t("An example")
    given = answers(standard, text)
    return {
        "checklist": f"{standard.id}_visit" if several else "visit",
        "title": written(dict(standard.title)) if several else "{fr: Visite, en: Visit}",
        "example": f"example-{standard.id.replace('_', '-')}" if several else "example-2026-01-15",
        "standards": f'  - {{standard: {standard.id}, version: "^{standard.version}"}}',
        "pinned": f"{standard.id}@{standard.version}",
        "context": written(facts(standard.context, text)),
        "answers": "\n".join(f"  {written(key)}: {written(value)}" for key, value in given.items()),
    }


def _below(folder: Traversable, within: str) -> Iterator[tuple[str, Traversable]]:
    """List the files of a folder and of those in it; a name that starts with `_` stands for one with a dot."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f".{entry.name[1:]}" if entry.name.startswith("_") else entry.name
        if entry.is_dir():
            yield from _below(entry, f"{within}{name}/")
        else:
            yield f"{within}{name}", entry


def _argument(path: str) -> str:
    import shlex  # noqa: PLC0415 - same

    return shlex.quote(path)
