"""What a team configures once: `servaudit.yaml`, what `servaudit config` says of it, and what commands do with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def configure(visits):
    """Stand among the visits; write the configuration of the folder above them."""

    def write(text: str) -> Path:
        path = visits.parent / "servaudit.yaml"
        path.write_text(f"kind: configuration\n{text}", "utf-8")
        return path

    return write


def settings(run) -> dict[str, tuple[object, str]]:
    document = json.loads(run("config", "--format", "json").out)
    assert document["schema"] == "servaudit/config/1"
    return {entry["key"]: (entry["value"], entry["origin"]) for entry in document["settings"]}


@pytest.mark.usefixtures("visits")
def test_without_a_file_everything_is_by_default(run):
    done = run("config")
    assert done.code == 0
    assert "there is no servaudit.yaml here, nor further up" in done.err
    assert settings(run)["fail_under"] == (None, "default")


def test_each_value_says_where_it_comes_from(run, configure, monkeypatch):
    configure("language: fr\nfail_under: 85\nlint: {na-critical: off}\n")
    found = settings(run)
    assert found["language"] == ("fr", "../servaudit.yaml:2:1")
    assert found["fail_under"] == (85, "../servaudit.yaml:3:1")
    assert found["lint.na-critical"] == ("off", "../servaudit.yaml:4:8")
    assert found["strict"] == (False, "default")
    configure("strict: true\n")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert settings(run)["language"] == ("fr", "LC_ALL")
    done = run("config", "--lang", "en", "--format", "json")
    assert '"--lang"' in done.out


def test_the_console_shows_the_same_in_french(run, configure):
    configure("language: fr\nfail_under: 85\n")
    lines = run("config").out.splitlines()
    assert lines[0].split() == ["language", "fr", "../servaudit.yaml:2:1"]
    assert any(line.startswith("fail_under") and "85" in line for line in lines)
    assert any(line.startswith("strict") and line.endswith("par défaut") for line in lines)


def test_a_broken_configuration_ends_every_command_with_its_faults(run, configure):
    configure("langage: fr\n")
    for command in (["config"], ["score", "lyon.yaml"], ["validate", "."], ["explain", "lyon.yaml"]):
        done = run(*command)
        assert (done.code, done.out) == (3, "")
        assert "../servaudit.yaml:2:1: error[unknown-key]" in done.err
        assert "did you mean “language”?" in done.err


def test_the_language_is_the_flag_then_the_configuration_then_the_environment(run, configure, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    configure("language: fr\n")
    assert "Guichets ouverts" in run("score", "lyon.yaml").out
    assert "Guichets ouverts" not in run("score", "lyon.yaml", "--lang", "en").out
    run("score", "lyon.yaml", "-o", "a.html", "--quiet")
    assert '<html lang="fr"' in Path("a.html").read_text("utf-8")
    run("score", "lyon.yaml", "-o", "b.html", "--quiet", "--lang", "en")
    assert '<html lang="en"' in Path("b.html").read_text("utf-8")


def test_gates_of_the_configuration_hold_unless_a_flag_says_otherwise(run, configure):
    configure("fail_under: 100\n")
    assert run("score", "lille.yaml").code == 1
    assert run("score", "lille.yaml", "--fail-under", "0").code == 0
    configure("require_pass: true\n")
    assert run("score", "lille.yaml").code == 1
    assert run("score", "lille.yaml", "--no-require-pass").code == 0


def test_standards_are_found_in_the_folders_of_the_configuration(run, configure, visits):
    shutil.move(visits.parent / "standards", visits.parent / "shared")
    assert run("score", "lyon.yaml").code == 3
    configure("standards: [shared]\n")
    assert run("score", "lyon.yaml").code == 0
    assert run("explain", "lyon.yaml").code == 0
    assert run("validate", "lyon.yaml").code == 0


def test_a_template_of_the_configuration_is_used_unless_a_flag_names_another(run, configure, visits):
    for name in ("house", "other"):
        page = f"<meta name=generator content=servaudit><p>{name} {{{{ report.title }}}}</p>"
        (visits.parent / f"{name}.html").write_text(page, "utf-8")
    configure("templates: {html: house.html}\n")
    assert run("score", "lyon.yaml", "-o", "a.html").code == 0
    assert "<p>house" in Path("a.html").read_text("utf-8")
    assert run("score", "lyon.yaml", "-o", "a.html", "--template", "../other.html").code == 0
    assert "<p>other" in Path("a.html").read_text("utf-8")


class TestLintSwitches:
    """Warnings may be silenced, or taken for errors."""

    @pytest.fixture
    def doubtful(self, visits):
        """Make the standard one that warns: a critical criterion may be answered “not applicable”."""
        path = visits.parent / "standards/counter.yaml"
        path.write_text(path.read_text("utf-8") + "# x\n", "utf-8")
        Path("z.yaml").write_bytes(Path("lyon.yaml").read_bytes())

    @pytest.mark.usefixtures("doubtful")
    def test_a_warning_is_silenced(self, run, configure):
        assert "warning[duplicate-visit]" in run("score", ".").err
        configure("lint: {duplicate-visit: off}\n")
        done = run("score", ".")
        assert (done.code, "duplicate-visit" in done.err) == (0, False)
        assert run("validate", ".", "--strict").code == 0

    @pytest.mark.usefixtures("doubtful")
    def test_a_warning_is_taken_for_an_error(self, run, configure):
        configure("lint: {duplicate-visit: error}\n")
        done = run("score", ".", "--format", "json")
        assert done.code == 3
        assert "error[duplicate-visit]" in done.err
        assert len(json.loads(done.out)["scorecards"]) == 3
        assert run("validate", ".").code == 1

    def test_a_standard_that_warns_can_be_refused(self, run, configure, visits):
        standard = visits.parent / "standards/counter.yaml"
        ladder = "  levels: [a, b]\n  ladder: [{level: a, when: score > 0.5}]\n"
        text = standard.read_text("utf-8")
        head, _, rest = text.partition("scoring:\n")
        standard.write_text(head + "scoring:\n" + ladder + rest.split("ladder:")[0].split("levels:")[0], "utf-8")
        done = run("score", "lyon.yaml", "lille.yaml")
        assert "warning[ladder-no-last-rung]" in done.err
        configure("lint: {ladder-no-last-rung: error}\n")
        done = run("score", "lyon.yaml", "lille.yaml", "--format", "json")
        assert done.code == 3
        assert json.loads(done.out)["scorecards"] == []
        assert "error[ladder-no-last-rung]" in done.err


def test_validate_checks_the_configuration_too(run, visits):
    path = visits / "servaudit.yaml"
    path.write_text("kind: configuration\nlangage: fr\n", "utf-8")
    (visits / "sub").mkdir()
    done = run("validate", "servaudit.yaml")
    assert done.code == 3
    path.rename(visits / "sub/servaudit.yaml")
    done = run("validate", ".")
    assert done.code == 1
    assert "./sub/servaudit.yaml:2:1: error[unknown-key]" in done.out


def test_words_of_the_glossary_come_with_their_places(run, configure):
    configure("glossary:\n  fr: {' usager ': client, borne: automate}\n")
    found = settings(run)
    assert found["glossary.fr.borne"] == ("automate", "../servaudit.yaml:3:28")
    assert found["glossary.fr.usager"] == ("client", "../servaudit.yaml:2:1")


def test_words_that_the_glossary_avoids_are_warnings_of_validate_alone(run, configure, visits):
    path = visits.parent / "standards/words.yaml"
    path.write_text(
        "kind: standard\nid: words\nversion: 1.0.0\nlanguage: fr\n"
        "title: L’accueil des Usagers\ncriteria: [{id: usager, text: Bonjour}]\n",
        "utf-8",
    )
    said = "words.yaml:5:22: warning[house-word] the house does not say “Usagers”, but “client”"
    assert (run("validate", str(path)).code, run("validate", str(path)).out) == (0, "")
    configure("glossary: {fr: {usager: client}}\n")
    done = run("validate", str(path))
    assert done.code == 0
    assert said in done.out
    assert "warnings: 1" in done.err
    assert run("validate", str(path), "--strict").code == 1
    configure("glossary: {fr: {usager: client}}\nlint: {house-word: off}\n")
    assert run("validate", str(path), "--strict").code == 0
    configure("glossary: {fr: {usager: client}}\nlint: {house-word: error}\n")
    assert "error[house-word]" in run("validate", str(path)).out


@pytest.mark.usefixtures("visits")
def test_no_visit_is_scored_otherwise_for_the_words_of_its_standard(run, configure):
    configure("glossary: {fr: {guichet: comptoir}}\nlint: {house-word: error}\n")
    assert "“Guichets”" in run("validate", "../standards").out
    done = run("score", "lyon.yaml")
    assert done.code == 0
    assert "house-word" not in done.err
    assert "house-word" not in run("validate", "lyon.yaml").out


def test_a_glossary_longer_than_any_is_refused_and_says_how_long_it_may_be(run, configure):
    configure(f"glossary: {{en: {{{', '.join(f'w{number}: word' for number in range(2001))}}}}}\n")
    done = run("config")
    assert done.code == 3
    assert "error[bad-value] at most 2,000 items can stand here, here are 2,001" in done.err


@pytest.mark.parametrize(
    ("words", "column"), [("de: {a: b}", 12), ("fr: {' ': b}", 17), ("fr: {a: ' '}", 20), ("fr: [usager]", 16)]
)
def test_a_glossary_that_is_none_is_refused_at_its_place(run, configure, words, column):
    configure(f"glossary: {{{words}}}\n")
    done = run("config")
    assert done.code == 3
    assert f"../servaudit.yaml:2:{column}: error[" in done.err
