"""Writes what is generated: `docs/`, the index of the library, snapshots of bad files (`python tests/generated.py`)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stdout
from pathlib import Path

import yaml

import reference
import shelf
from servaudit import sources
from servaudit.audit import Audit
from servaudit.change.kinds import KINDS
from servaudit.change.schema import schema as diff_schema
from servaudit.cli import manual
from servaudit.cli.schema import as_text
from servaudit.cli.schemas import KINDS_PRINTED
from servaudit.cli.schemas import schema as schemas_printed
from servaudit.cli.show import Show
from servaudit.diagnostics import CODES, Code
from servaudit.library import Library
from servaudit.model.schema import schema

ROOT = Path(__file__).parent.parent
CURES = ROOT / "tests/cures.yaml"
"""What to do about each code: data of its own, since no command says it and every start would pay for it."""
NEGATIVE = ROOT / "tests/cases/negative"
BAD_FILES = sorted(path for path in NEGATIVE.iterdir() if path.suffix in sources.EXTENSIONS)
VISITS = ROOT / "tests/cases/visits"
PRINTED = ROOT / "tests/cli/printed"
GOOD_FILES = sorted((ROOT / "tests/cases/positive").iterdir())


def diagnostics_page() -> str:
    """Write the table of diagnostic codes, and what to do about each, as a page."""
    cures = yaml.safe_load(CURES.read_text("utf-8"))
    rows = "\n".join(
        f'| <a id="{code}"></a>`{code}` | {_severity(entry)} | {entry.meaning} | {cures[code]} |'
        for code, entry in sorted(CODES.items())
    )
    return (
        "# Diagnostics\n\n"
        "Every problem is printed as `path:line:col: error[code] message`. An error means that the document cannot be\n"
        "used; a warning is counted as an error with `--strict`, and a team may silence it or take it for an error\n"
        "([`lint:`](repository.md#what-is-configured-servaudityaml)). One that is “off” waits to be switched on\n"
        "there, `lint: {vague-word: warning}`. The message beside the code says what exactly is wrong, and a line of\n"
        "help often what was meant; here is what to do in general. [Linting](linting.md) tells more of the rules that\n"
        "a good standard is held to.\n\n"
        "| code | severity | meaning | what to do |\n|---|---|---|---|\n" + rows + "\n"
    )


def _severity(entry: Code) -> str:
    return entry.severity if entry.usual else f"{entry.severity}, off"


def changes_page() -> str:
    """Write the table of the kinds of changes as a page."""
    rows = "\n".join(f"| `{name}` | {kind.title} | {kind.level} |" for name, kind in KINDS.items())
    return f"{CHANGES}\n\n| kind | what changed | raises |\n|---|---|---|\n{rows}\n"


CHANGES = """\
# What a change of a standard raises

`servaudit diff` finds what changed between two versions of a standard, kind by kind, and says which part of the version
must be raised: the gravest change decides. `servaudit bump` does it; `servaudit validate --against REV` asks for it.

The promise: **a patch or a minor version never moves the score, the level or the verdict of a visit made before it.**
A property test draws standards, changes and visits to hold us to it. Hence some changes are graver than their kind:

- a new criterion is major where what nobody answered counts: with the policy `missing: zero` or `forbid`, a coverage
  floor, a rule that reads `coverage`, or a measure with `all: true`;
- a new answer of a scale is major where it is better or worse than any before it;
- a fact of the visit is major where a rule reads it and it has no default;
- a place on an axis of analysis is major where a rule reads `facets`;
- a shared scale that no criterion uses is a patch, whatever happens to it;
- another version of a vocabulary is a patch, and what it changes of the facets and scales that criteria name counts as
  if the standard itself declared them. In the vocabulary's own difference, all of it counts.

Comments, layout, an expression spelled differently and a default that is written out are no changes. A label of an
answer is wording, too: where a visit is looked at under another version, an old label is read as the answer it was."""


def documents() -> dict[Path, str]:
    """Make every generated page, by its path."""
    schemas = {
        ROOT / f"docs/schemas/{kind}.json": as_text(schema(kind))
        for kind in ("standard", "checklist", "vocabulary", "observation", "configuration", "scores", "scorecard")
    }
    schemas[ROOT / "docs/schemas/diff.json"] = as_text(diff_schema())
    schemas |= {ROOT / f"docs/schemas/{kind}.json": as_text(schemas_printed(kind)) for kind in KINDS_PRINTED}
    schemas |= {
        ROOT / f"docs/man/{folder}servaudit.1": manual.page(language)
        for folder, language in (("", "en"), ("fr/", "fr"))
    }
    pages = {"diagnostics": diagnostics_page(), "change-kinds": changes_page(), "reference": reference.page()}
    return {ROOT / f"docs/{name}.md": text for name, text in pages.items()} | {shelf.PAGE: shelf.page()} | schemas


COMMANDS = {
    "one-visit-fr": "score lille.yaml --lang fr",
    "one-visit-en": "score lille.yaml --lang en",
    "no-score-fr": "score nantes.yaml --lang fr",
    "several-visits-fr": "score . --lang fr",
    "several-visits-en": "score . --lang en",
    "one-visit-json": "score lyon.yaml --format json",
    "help": "--help",
    "help-score": "score --help",
    "help-fr": "--help --lang fr",
    "help-score-fr": "score --help --lang fr",
    "validate-json": "validate . --format json",
}


def command_output(command: str) -> str:
    """Print what a command prints, piped, in the folder of the visits."""
    environment = {**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    line = [sys.executable, "-m", "servaudit", *command.split()]
    done = subprocess.run(line, cwd=VISITS, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return f"$ servaudit {command}\n{done.stdout}"


def printed(path: Path) -> str:
    """Print everything that is wrong with a file, as `servaudit validate` does, piped."""
    os.environ["NO_COLOR"] = "1"
    with chdir(path.parent), redirect_stdout(io.StringIO()) as out:
        Show("en").diagnostics(Audit(Library()).check(sources.read(path.name)), to="out")
    return out.getvalue()


if __name__ == "__main__":
    for page, text in documents().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8", newline="\n")
    for bad in BAD_FILES:
        bad.with_suffix(bad.suffix + ".txt").write_text(printed(bad), "utf-8", newline="\n")
    for name, command in COMMANDS.items():
        (PRINTED / f"{name}.txt").write_text(command_output(command), "utf-8", newline="\n")
