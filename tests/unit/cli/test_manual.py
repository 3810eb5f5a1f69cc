"""The man page says what the commands say, and every roff can print it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from servaudit.cli.app import COMMANDS
from servaudit.cli.exits import Exit
from servaudit.cli.manual import EXITS, page

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_command_and_every_exit_code_is_in_it(language):
    text = page(language)
    for name in COMMANDS:
        assert f'.SS "servaudit {name}'.replace("-", "\\-") in text
    assert {code for code, _ in EXITS} == set(Exit)
    assert text.isascii()


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_printed_without_a_warning(language):
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page(language), capture_output=True, check=True,
                          encoding="utf-8")  # fmt: skip
    assert done.stderr == ""
    assert "servaudit" in done.stdout
    assert ("Interrompu." in done.stdout) is (language == "fr")


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_shows_what_is_committed():
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANWIDTH": "80"}
    command = ["man", "--warnings", "-l", ROOT / "docs/man/fr/servaudit.1"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
    assert done.stderr == ""
    assert "visites notées" in done.stdout
