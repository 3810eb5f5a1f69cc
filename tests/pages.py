"""Plays what a page of the documentation shows, and rewrites the output it shows (`make readme`).

A `yaml` block whose first line is `# path` is that file; a `diff` block, headed the same way, changes it; a
`console` block is commands after `$ `, each followed by what it prints. They run in one folder, in the order of the
page, with examples/ beside them; `; echo $?` after a command shows how it ended.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "README.md"
PLAYED = [
    PAGE,
    *(ROOT / "docs" / name for name in ("repository.md", "tutorial.md", "branding.md", "exit-codes.md", "fr.md")),
]
"""The pages that are played from top to bottom."""
PROGRAMS = {"servaudit": [sys.executable, "-m", "servaudit"], "git": ["git"], "rm": ["rm"], "cat": ["cat"]}
_AUTHOR = {"NAME": "A12", "EMAIL": "a12@example.org", "DATE": "2026-11-03T12:00:00Z"}
WHO = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _AUTHOR.items()}
_BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"^# (?P<path>[\w./-]+\.\w+)\n")
_COMMIT = re.compile(r"\([0-9a-f]{10}\)")
A_COMMIT = "(1f3a9c2d04)"
"""What stands for every commit, whose name depends on all that servaudit puts into a repository."""


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    kind: str
    body: str

    @property
    def path(self) -> str | None:
        """The file that the block is, or changes, when its first line says so."""
        match = _HEAD.match(self.body)
        return match["path"] if match else None

    @property
    def played(self) -> bool:
        """Whether `replayed` does what the block says."""
        return self.kind == "console" or (self.kind in ("yaml", "diff") and self.path is not None)


def blocks(page: str) -> list[Block]:
    """List the fenced blocks of a page."""
    return [Block(match["kind"], match["body"]) for match in _BLOCK.finditer(page)]


def replayed(page: str, folder: Path) -> str:
    """Return the page with the files written into `folder`, the commands run there, and what they really print."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    here = folder

    def play(match: re.Match[str]) -> str:
        nonlocal here
        block = Block(match["kind"], match["body"])
        body = block.body
        if block.path and block.kind == "yaml":
            (here / block.path).parent.mkdir(parents=True, exist_ok=True)
            (here / block.path).write_text(body.partition("\n")[2], "utf-8")
        elif block.path and block.kind == "diff":
            _change(here / block.path, body.splitlines()[1:])
        elif block.kind == "console":
            shown = []
            for line in body.splitlines():
                if line.startswith("$ cd "):
                    here /= line[5:]
                if line.startswith("$ "):
                    shown.append(line + "\n" + _output(line[2:], here))
            body = "".join(shown)
        return f"```{block.kind}\n{body}```"

    return _BLOCK.sub(play, page)


def _change(path: Path, lines: list[str]) -> None:
    """Take the lines that begin with `-` away and put those that begin with `+` there, where the others stand."""
    before, after = ("".join(line[1:] + "\n" for line in lines if line[0] in f" {sign}") for sign in "-+")
    text = path.read_text("utf-8")
    if text.count(before) != 1:
        raise ValueError(f"{path.name} has this {text.count(before)} times:\n{before}")
    path.write_text(text.replace(before, after), "utf-8")


def _output(command: str, folder: Path) -> str:
    """Run one command, and return what it prints on both streams when it is not on a terminal."""
    command, ended, _ = command.partition("; echo $?")
    name, *arguments = shlex.split(command)
    if name == "cd":
        return ""
    if name not in PROGRAMS:
        raise ValueError(f"a page shows {', '.join(PROGRAMS)}, not {name}")
    own = {"COLUMNS": "100", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        [*PROGRAMS[name], *arguments], cwd=folder, env={**os.environ, **WHO, **own},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    printed = "".join(_COMMIT.sub(A_COMMIT, line).rstrip() + "\n" for line in done.stdout.splitlines())
    return f"{printed}{done.returncode}\n" if ended else printed


if __name__ == "__main__":
    for page in PLAYED:
        with tempfile.TemporaryDirectory() as temporary:
            page.write_text(replayed(page.read_text("utf-8"), Path(temporary)), "utf-8")
