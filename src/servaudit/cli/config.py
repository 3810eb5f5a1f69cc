"""`servaudit config`: what holds here, and who said so: the file in reach, the environment, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from servaudit.cli.language import LANG, spoken, variable
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.cli.language import Speech
    from servaudit.configuration import Settings

SCHEMA = "servaudit/config/1"


class Entry(NamedTuple):
    """One setting; `origin` is the `file:line:column`, the flag or the variable that says it, or `default`."""

    key: str
    value: object
    origin: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(config)


def config(
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written.")] = "text",
    lang: LANG = None,
) -> None:
    """Show the configuration in reach (servaudit.yaml, here or further up), each value with its origin."""
    from servaudit.cli.columns import left, width  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Piece, Show  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    found = configured(show)
    listed = entries(found, lang)
    if form == "json":
        show.json(as_json(found, listed))
        return
    texts = {entry.key: _text(entry.value) for entry in listed}
    keys, values = max(map(width, texts)), max(map(width, texts.values()))
    for entry in listed:
        origin = entry.origin
        if origin == "default":
            origin = show.say.t("by default")
        text = left(texts[entry.key], min(values, 40)) if width(texts[entry.key]) <= 40 else texts[entry.key]  # noqa: PLR2004 - columns
        show.line(Piece(left(entry.key, keys), "bold"), f"  {text}  ", Piece(origin, "dim"))
    if found.source is None:
        show.note(msg("there is no servaudit.yaml here, nor further up"))


def entries(found: Settings, flag: Speech | None = None) -> list[Entry]:
    """List every setting, in the order of the documentation; lint switches and words of the glossary one by one."""
    given = _given(found)
    origin = "--lang" if flag else given.get("language") or variable() or "default"
    listed = [Entry("language", spoken(flag), origin)]
    for key in ("standards", "visits", "fail_under", "require_pass", "strict"):
        value = getattr(found, key)
        listed.append(Entry(key, list(value) if isinstance(value, tuple) else value, given.get(key, "default")))
    for form in ("html", "xlsx"):
        path = next((path for path in found.templates if path.lower().endswith(form)), None)
        listed.append(Entry(f"templates.{form}", path, given.get(f"templates.{form}", "default")))
    listed += [Entry(f"lint.{code}", switch, given[f"lint.{code}"]) for code, switch in found.lint.items()]
    for name, words in found.glossary.items():
        keys = {word: f"glossary.{name}.{word}" for word in words}
        listed += [Entry(key, words[word], given.get(key, given["glossary"])) for word, key in keys.items()]
    listed += [Entry(f"ids.{kind}", pattern, given[f"ids.{kind}"]) for kind, pattern in found.ids.items()]
    return listed


def _given(found: Settings) -> dict[str, str]:
    """Say where the file gives each setting that it gives."""
    if found.source is None or not isinstance(found.source.data, dict):
        return {}
    return {".".join(path): str(found.source.locate(path, on_key=True)) for path in _paths(found.source.data)}


def _paths(data: dict[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to each key of nested mappings."""
    for key, value in data.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from _paths(value, (*above, key))


def as_json(found: Settings, listed: list[Entry]) -> str:
    """Write the settings as a JSON document; paths are as the working directory sees them."""
    import json  # noqa: PLC0415 - only this format needs it

    document = {
        "schema": SCHEMA,
        "file": found.source.path if found.source else None,
        "settings": [entry._asdict() for entry in listed],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _text(value: object) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
