"""The commands of docs/grids.md run as they are written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/grids.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def test_every_command_of_the_page_works(tmp_path):
    shutil.copy(ROOT / "tests/cases/grids/agence.xlsx", tmp_path / "grille.xlsx")
    assert len(COMMANDS) == 4
    for line in COMMANDS:
        command = [sys.executable, "-m", *shlex.split(line)]
        environment = {**os.environ, "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert "taken from Grille: criteria 9" in done.stderr or "repris de Grille" in done.stderr
