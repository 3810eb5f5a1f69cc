"""Help and wrong usage, in the language of who asks: every word, typer's too."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import typer

import messages
from servaudit.cli.app import application
from servaudit.i18n import translator

pytestmark = pytest.mark.usefixtures("visits")
GROUP = typer.main.get_command(application())
COMMANDS = ["", *GROUP.commands]
FRENCH = translator("fr")


def flat(text: str) -> str:
    """A text without its line breaks."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_wholly_in_the_language_of_its_reader(run, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "100")
    english = flat(run(*command.split(), "--help").out)
    monkeypatch.setenv("LC_ALL", "fr_CH.UTF-8")
    french = flat(run(*command.split(), "--help").out)
    one = GROUP.commands.get(command, GROUP)
    for param in one.get_params(typer.Context(one, info_name=command)):
        assert flat(param.help) in english
        assert flat(FRENCH.word(param.help)) in french
        assert flat(param.help) not in french
    assert flat(FRENCH.word(one.help)) in french
    assert french.startswith(f"Usage : servaudit {command}".rstrip())
    assert not set(re.findall(r"<(?:str|list|int|float|path)", english)), "a type of Python is shown"


@pytest.mark.parametrize("text", sorted(set(messages.help_texts())))
def test_nothing_that_help_says_waits_for_a_translation(text):
    assert text.isupper() or re.sub(r"[\W\d]", "", FRENCH.word(text)) != re.sub(r"[\W\d]", "", text)


WRONG = {
    "": ("Usage: servaudit [OPTIONS] COMMAND", "Usage : servaudit [OPTIONS] COMMANDE"),
    "--lang {}": ("a command is missing", "il manque une commande"),
    "scor": ("there is no command “scor”", "la commande « scor » n’existe pas"),
    "xyz": ("there is no command “xyz”", "la commande « xyz » n’existe pas"),
    "--nope": ("there is no option --nope", "l’option --nope n’existe pas"),
    "explain": ("OBSERVATION is missing", "il manque RELEVÉ"),
    "score lyon.yaml --nope": ("there is no option --nope", "l’option --nope n’existe pas"),
    "score lyon.yaml -Z": ("there is no option -Z", "l’option -Z n’existe pas"),
    "score lyon.yaml -o": ("-o needs a value after it", "-o attend une valeur à sa suite"),
    "score lyon.yaml --quiet=3": ("--quiet takes no value", "--quiet ne prend pas de valeur"),
    "score lyon.yaml --format xml": (
        "--format: “xml” is not one of text and json",
        "--format : « xml » n’est pas un choix possible ; au choix text et json",
    ),
    "score lyon.yaml --fail-under high": (
        "--fail-under: a number is expected, not “high”", "--fail-under : un nombre est attendu, et non « high »",
    ),
    "explain lyon.yaml wait more still": (
        "more is named than can be taken: more still", "en trop sur la ligne de commande : more still",
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", WRONG)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_wrong_usage_is_said_in_the_language_of_who_is_wrong(run, monkeypatch, line, language):
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    done = run(*line.format(language).split())
    assert (done.code, done.out) == (2, "")
    assert WRONG[line][language == "fr"] in flat(done.err)
    others = {"en": "Try 'servaudit|Error:|Usage :", "fr": "Error|Missing|No such|Try |Usage: |help"}
    assert not re.search(others[language], done.err.replace("--help", "")), done.err


def test_what_was_meant_is_proposed_else_the_help(run, monkeypatch):
    assert "help: did you mean “score”?" in run("scor").err
    assert "help: did you mean “--force” or “--format”?" in run("score", "lyon.yaml", "--forc").err
    assert "help: servaudit explain --help says more" in run("explain").err
    monkeypatch.setenv("LC_ALL", "fr")
    assert flat(run("scor").err).endswith("aide : vouliez-vous dire « score » ? ")


@pytest.mark.parametrize("asked", [["--lang", "fr", "score", "--help"], ["score", "--help", "--lang", "fr"]])
def test_the_language_may_be_asked_for_before_the_command_or_after(run, asked):
    assert "Noter des visites" in run(*asked).out


def test_the_language_asked_for_before_the_command_is_that_of_the_command_unless_it_has_its_own(run):
    before, after = run("--lang", "fr", "score", "lille.yaml"), run("score", "lille.yaml", "--lang", "fr")
    assert before == after
    assert run("--lang", "fr", "score", "lille.yaml", "--lang", "en") == run("score", "lille.yaml", "--lang", "en")


def test_completion_says_what_commands_and_options_do_in_french(process):
    def completed(words: str) -> str:
        asked = {"_SERVAUDIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words, "LC_ALL": "fr_FR.UTF-8"}
        return flat(process(env={**os.environ, **asked, "PYTHONUTF8": "1"}).stdout)

    assert "Noter des visites" in completed("servaudit sc")
    assert "Remplacer même les fichiers" in completed("servaudit score --fo")


def test_a_plain_run_does_not_load_what_says_these_words():
    code = (
        "import sys; from servaudit.__main__ import main\n"
        "sys.argv = ['servaudit', 'score', 'lille.yaml']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('usage', 'misuse') if f'servaudit.cli.{name}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
