"""Keep the catalogues: collect the sentences of the sources into each `.po`, and compile it (`make messages`)."""

from __future__ import annotations

import datetime as dt
import inspect
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from defusedxml import ElementTree

from servaudit.cli.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src/servaudit/i18n"
KEYWORDS = {"t": None, "_": None, "n": (1, 2), "ngettext": (1, 2), "msg": None, "PydanticCustomError": (2,)}
HEADER = """\
# Sentences of servaudit. `make messages` collects them and compiles this file; the translations are edited here.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_SENTENCE = re.compile(r"[A-Za-z]")
JINJA = {"newstyle_gettext": "true", "silent": "false", "trimmed": "true"}


def sources() -> list[tuple[Path, str, dict[str, str]]]:
    """Name every file that says something, and how Babel reads it."""
    python = [(path, "python", {}) for path in sorted((ROOT / "src").rglob("*.py"))]
    templates = [
        (path, "jinja2.ext:babel_extract", JINJA)
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.suffix in {".html", ".jinja", ".svg"}
    ]
    return python + templates


def collect() -> Catalog:
    """Read the sentences that the sources say, without any translation."""
    catalog = Catalog(charset="utf-8")
    for path, method, options in sources():
        for _, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS, options=options):
            if any(map(_SENTENCE.search, [message] if isinstance(message, str) else message)):
                catalog.add(message)
    for text in help_texts():
        catalog.add(text)
    for text in workbook_texts():
        for _, message, _, _ in extract("jinja2.ext:babel_extract", io.BytesIO(text.encode()), KEYWORDS, (), JINJA):
            catalog.add(message)
    return catalog


def help_texts() -> Iterator[str]:
    """Give what the commands say of themselves, some of it in typer's words: what they do, what they take."""
    group = typer.main.get_command(application())
    for name, command in {"": group, **group.commands}.items():
        yield inspect.cleandoc(command.help)
        for param in command.get_params(typer.Context(command, info_name=name)):
            yield param.help
            named = param.metavar or (param.name.upper() if param.param_type_name == "argument" else "")
            if named.isupper():  # else it is the choices themselves: <fr|en>
                yield named.strip("[]")


def workbook_texts() -> Iterator[str]:
    """Give every text of the workbook templates that says a sentence: cells, names of sheets, titles of charts."""
    for path in sorted((ROOT / "templates").rglob("*.xlsx")):
        with zipfile.ZipFile(path) as package:
            roots = [ElementTree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
        for element in (element for root in roots for element in root.iter()):
            for text in (element.text or "", *element.attrib.values()):
                if "_(" in text or "ngettext(" in text:
                    yield text


def read(language: str) -> Catalog:
    """Read the catalogue that people edit."""
    catalog = read_po(io.BytesIO((FOLDER / f"{language}.po").read_bytes()), locale=language)
    catalog.creation_date = DAY  # else the minute of compilation would stand in the compiled file
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """Compile a catalogue; the same sentences give the same bytes."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def update(language: str) -> int:
    """Bring a catalogue up to date with the sources and compile it; says how many sentences wait for a translation."""
    catalog = read(language)
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    file = io.BytesIO()
    write_po(file, catalog, width=118, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    body = file.getvalue().decode()
    header = HEADER.format(language=language, plural=catalog.plural_forms)
    (FOLDER / f"{language}.po").write_text(f"{header}\n{body}", "utf-8", newline="\n")
    (FOLDER / f"{language}.mo").write_bytes(compiled(read(language)))
    return sum(
        not all(message.string if message.pluralizable else [message.string]) for message in catalog if message.id
    )


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.po")):
        print(f"{path.name}: {update(path.stem)} to translate")  # noqa: T201 - a command's only output
