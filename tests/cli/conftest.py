"""Runs servaudit as its users do: in a process of its own where that matters, else in this one, which is faster."""

from __future__ import annotations

import gc
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from servaudit.__main__ import main

CASES = Path(__file__).parents[1] / "cases"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1"}


class Run(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")

    def command(*arguments: object, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "argv", ["servaudit", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), isatty=lambda: False))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        gc.unfreeze()  # main() takes it that the process ends
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Run(int(ended.value.code or 0), out, err)

    return command


@pytest.fixture
def process():
    """Run the command line in a process of its own."""

    def command(*arguments: object, **options) -> subprocess.CompletedProcess:
        options = {"capture_output": True, "encoding": "utf-8", "env": ENVIRONMENT, **options}
        done = subprocess.run([sys.executable, "-m", "servaudit", *map(str, arguments)], check=False, **options)
        assert "Traceback" not in (done.stderr or "")
        return done

    return command


@pytest.fixture
def visits(tmp_path, monkeypatch):
    """Stand in a folder with three visits and, beside it, their standard; give the folder."""

    shutil.copytree(CASES / "visits", tmp_path / "visits")
    shutil.copytree(CASES / "standards", tmp_path / "standards")
    monkeypatch.chdir(tmp_path / "visits")
    return tmp_path / "visits"
