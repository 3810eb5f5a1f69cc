"""Finds the `servaudit.yaml` in reach of the working directory, and says what it decides and where."""

from __future__ import annotations

import os
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Diagnostic, Problem
    from servaudit.load import Loaded
    from servaudit.model.base import Language
    from servaudit.model.configuration import Configuration, Glossary, Named, Switch
    from servaudit.sources import Source

NAME = "servaudit.yaml"
HIGHEST = 32
"""Folders looked into, from the working directory upward."""


class Settings(NamedTuple):
    """What is configured; without a file, nothing is. Paths are such as the working directory sees them.

    `faults`: what is wrong with the file; where one is an error, nothing in it holds.
    """

    standards: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    language: Language | None = None
    fail_under: float | None = None
    require_pass: bool = False
    strict: bool = False
    lint: Mapping[str, Switch] = MappingProxyType({})
    glossary: Glossary = MappingProxyType({})  # type: ignore[assignment] # nothing writes in it
    ids: Mapping[Named, str] = MappingProxyType({})
    templates: tuple[str, ...] = ()
    source: Source | None = None
    faults: tuple[Diagnostic, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the file, if there is one, can be used."""
        return all(fault.severity != "error" for fault in self.faults)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The language of reports, none where the file does not say."""
        return (self.language,) if self.language else ()

    def but(self, **flags: object) -> Settings:
        """Give the same settings with what flags say instead of what the file says; one that is None says nothing."""
        return self._replace(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type] # typer has checked them


def nearest() -> str | None:
    """Find the nearest `servaudit.yaml`: in the working directory, else further up, as far as the git repository.

    Only the first one found counts. Outside a repository the search goes up to the root of the disk.
    """
    folder = ""
    for _ in range(HIGHEST):
        path = folder + NAME
        if os.path.isfile(path):  # noqa: PTH113 - path objects take ten times as long, and every command does this
            return path
        here = folder or "."
        if os.path.exists(folder + ".git") or os.path.samefile(here, folder + ".."):  # noqa: PTH110, PTH121 - same
            return None
        folder += "../"
    return None


def settings() -> Settings:
    """Read the configuration in reach; never raises: see `Settings.faults`."""
    try:
        path = nearest()
        if path is None:
            return _NOTHING
        status = os.stat(path)  # noqa: PTH116 - same
    except OSError:  # a working directory that is gone, or that cannot be read
        return _NOTHING
    return _read(path, (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size))


_NOTHING = Settings()


@lru_cache(1)
def _read(path: str, stamp: tuple[int, ...]) -> Settings:  # noqa: ARG001 - the stamp tells one state of the file
    from servaudit import sources  # noqa: PLC0415 - most folders have no such file
    from servaudit.diagnostics import switch  # noqa: PLC0415 - same

    source = sources.read(path)
    loaded = check(source)
    if loaded.value is None:
        return Settings(source=source, faults=loaded.diagnostics)
    value, folder = loaded.value, os.path.dirname(path)  # noqa: PTH120 - same
    return Settings(
        standards=tuple(_below(folder, name) for name in value.standards),
        visits=tuple(_below(folder, name) for name in value.visits),
        language=value.language,
        fail_under=value.fail_under,
        require_pass=value.require_pass,
        strict=value.strict,
        lint=value.lint,
        glossary=value.glossary,
        ids=value.ids,
        templates=tuple(_below(folder, name) for name in (value.templates.html, value.templates.xlsx) if name),
        source=source,
        faults=switch(loaded.diagnostics, value.lint),
    )


def check(source: Source) -> Loaded[Configuration]:
    """Load a configuration, with the faults of its meaning, and what it names that is not there."""
    from servaudit.lint.configuration import lint_configuration  # noqa: PLC0415 - same
    from servaudit.load import Loaded, load  # noqa: PLC0415 - same
    from servaudit.model.configuration import Configuration  # noqa: PLC0415 - same

    loaded = load(source, Configuration)
    if loaded.value is None:
        return loaded
    problems = [*lint_configuration(loaded.value), *_absent(loaded.value, os.path.dirname(source.path))]  # noqa: PTH120 - same
    found = tuple(source.diagnostic(problem) for problem in problems)
    refused = any(one.severity == "error" for one in found)
    return Loaded(None if refused else loaded.value, source, (*loaded.diagnostics, *found))


def _absent(value: Configuration, folder: str) -> Iterator[Problem]:
    """Find the folders of standards and the templates that are not there; of visits, score says it."""
    from servaudit.diagnostics import Problem, msg  # noqa: PLC0415 - same

    for number, name in enumerate(value.standards):
        if not os.path.isdir(_below(folder, name)):  # noqa: PTH112 - same
            remedy = msg("git keeps no empty folder: make it again, or take it out here")
            yield Problem("folder-missing", ("standards", number), msg("there is no such folder"), remedy)
    for form in ("html", "xlsx"):
        name = getattr(value.templates, form)
        if name is not None and not os.path.isfile(_below(folder, name)):  # noqa: PTH113 - same
            yield Problem("file-not-found", ("templates", form), msg("there is no such file"))


def _below(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name))  # noqa: PTH118 - same
