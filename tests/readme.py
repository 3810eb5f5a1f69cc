"""Runs what the README shows, and rewrites the output it shows (`make readme`).

A `yaml` block whose first line is `# name.yaml` is that file; a `console` block is commands after `$ `, each followed
by what it prints. They run in one folder, in the order of the page, with examples/ beside them.
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
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    kind: str
    body: str


def blocks(page: str) -> list[Block]:
    """List the fenced blocks of a page."""
    return [Block(match["kind"], match["body"]) for match in _BLOCK.finditer(page)]


def replayed(page: str, folder: Path) -> str:
    """Return the page with the files written into `folder`, the commands run there, and what they really print."""
    shutil.copytree(ROOT / "examples", folder / "examples")

    def play(match: re.Match[str]) -> str:
        body = match["body"]
        if match["kind"] == "yaml" and body.startswith("# "):
            name, _, text = body[2:].partition("\n")
            (folder / name).write_text(text, "utf-8")
        elif match["kind"] == "console":
            commands = [line for line in body.splitlines() if line.startswith("$ ")]
            body = "".join(command + "\n" + _output(command[2:], folder) for command in commands)
        return f"```{match['kind']}\n{body}```"

    return _BLOCK.sub(play, page)


def _output(command: str, folder: Path) -> str:
    """Run one command, and return what it prints on both streams when it is not on a terminal."""
    name, *arguments = shlex.split(command)
    if name != "servaudit":
        raise ValueError(f"the README can only show servaudit, not {name}")
    env = {**os.environ, "COLUMNS": "100", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "servaudit", *arguments],
        cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        PAGE.write_text(replayed(PAGE.read_text("utf-8"), Path(temporary)), "utf-8")
