"""Reports asked for in two languages at once: one audit, two files of each, every one of them written safely."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from servaudit import audit, report
from servaudit.render import pdf
from servaudit.scoring.visit import score_visit

pytestmark = pytest.mark.usefixtures("visits")
BOTH = ("--lang", "en,fr")


def language(path: str) -> str:
    """The language that a page says it is in."""
    return re.findall(r'<html lang="(\w+)"', Path(path).read_text("utf-8"))[0]


def test_two_files_of_each_report_and_one_of_what_has_no_language(run):
    outputs = [option for form in ("html", "xlsx", "json", "jsonl", "csv") for option in ("-o", f"out/visit.{form}")]
    done = run("score", "lille.yaml", *outputs, *BOTH)
    names = sorted(path.name for path in Path("out").iterdir())
    assert done.err == "".join(
        f"written: out/visit.{name}\n" for name in ("en.html", "fr.html", "en.xlsx", "fr.xlsx", "json", "jsonl", "csv")
    )
    assert names == [
        "visit.csv", "visit.en.html", "visit.en.xlsx", "visit.fr.html", "visit.fr.xlsx", "visit.json", "visit.jsonl",
    ]  # fmt: skip
    assert [language("out/visit.fr.html"), language("out/visit.en.html")] == ["fr", "en"]


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_each_is_the_report_that_its_language_alone_gives(run, form):
    run("score", ".", "-o", f"both.{form}", *BOTH)
    for lang in ("fr", "en"):
        run("score", ".", "-o", f"{lang}.{form}", "--lang", lang)
        assert Path(f"both.{lang}.{form}").read_bytes() == Path(f"{lang}.{form}").read_bytes()


def test_a_visit_is_scored_once_for_both(run, monkeypatch):
    scored = []
    monkeypatch.setattr(audit, "score_visit", lambda *given: scored.append(1) or score_visit(*given))
    run("score", "lille.yaml", "-o", "a.html", "-o", "a.xlsx", *BOTH)
    assert scored == [1]


def test_the_console_speaks_the_first(run):
    assert "À corriger" in run("score", "lille.yaml", "--lang", "fr,en").out
    assert "What to put right" in run("score", "lille.yaml", "--lang=en, fr").out
    assert "l’extension donne le format" in run("score", "lyon.yaml", "-o", "a.docx", "--lang", "fr,en").err


def test_one_language_said_twice_is_one(run):
    run("score", "lille.yaml", "-o", "a.html", "--lang", "fr,fr")
    assert language("a.html") == "fr"


@pytest.mark.parametrize("lang", ["de", "fr,de", "fr,", "", "fr;en"])
def test_a_language_that_there_is_not_is_wrong_usage_that_says_which_there_are(run, lang):
    done = run("score", "lille.yaml", "-o", "a.html", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert done.err.rstrip().endswith(("both with a comma between them", "les deux séparés par une virgule"))
    assert not list(Path().glob("a*"))


def test_standard_output_takes_no_two_reports(run):
    done = run("score", "lille.yaml", "-o", "-", "--lang", "en,fr")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: -: an output is a file; for JSON on standard output: --format json\n"


def test_json_on_standard_output_is_the_same_in_all_languages(run):
    both = run("score", "lille.yaml", "--format", "json", *BOTH).out
    assert both == run("score", "lille.yaml", "--format", "json", "--lang", "en").out
    assert json.loads(both)["scorecards"]


class TestEachFileIsWrittenSafely:
    @pytest.mark.parametrize("name", ["a.fr.html", "a.en.html"])
    def test_what_servaudit_did_not_make_stays_unless_forced_and_then_neither_is_written(self, run, name):
        Path(name).write_text("<p>a week of work", "utf-8")
        done = run("score", "lille.yaml", "-o", "a.html", *BOTH)
        assert (done.code, Path(name).read_text("utf-8")) == (74, "<p>a week of work")
        assert name in done.err
        assert [path.name for path in Path().glob("a*.html")] == [name]
        assert run("score", "lille.yaml", "-o", "a.html", *BOTH, "--force").code == 0
        assert language(name) == name.split(".")[1]

    def test_its_own_are_replaced(self, run):
        assert [run("score", "lille.yaml", "-o", "a.html", *BOTH).code for _ in range(2)] == [0, 0]

    def test_a_file_of_the_undivided_name_is_none_of_them(self, run):
        Path("a.html").write_text("mine", "utf-8")
        assert run("score", "lille.yaml", "-o", "a.html", *BOTH).code == 0
        assert Path("a.html").read_text("utf-8") == "mine"

    @pytest.mark.parametrize("form", ["html", "xlsx"])
    def test_a_file_that_is_read_is_never_replaced(self, run, form):
        Path(f"out.en.{form}").symlink_to("lille.yaml")
        before = Path("lille.yaml").read_bytes()
        done = run("score", "lille.yaml", "-o", f"out.{form}", *BOTH, "--force")
        assert (done.code, Path("lille.yaml").read_bytes()) == (74, before)
        assert "this file is read, so it is not written" in done.err

    def test_one_name_for_two_languages_is_refused(self, run):
        Path("a.fr.html").symlink_to("a.en.html")
        done = run("score", "lille.yaml", "-o", "a.html", *BOTH)
        assert (done.code, done.err) == (2, "error: a.en.html and a.fr.html are the same file\n")

    def test_reports_that_are_there_stay_where_nothing_could_be_scored(self, run):
        run("score", "lille.yaml", "-o", "a.html", *BOTH)
        before = {path: path.read_bytes() for path in Path().glob("a.*")}
        Path("lille.yaml").write_text("kind: observation\n", "utf-8")
        assert run("score", "lille.yaml", "-o", "a.html", *BOTH).code == 3
        assert {path: path.read_bytes() for path in Path().glob("a.*")} == before


def test_many_visits_have_a_folder_of_pages_in_each_language(run, monkeypatch):
    monkeypatch.setattr(report, "MOST", 1)
    assert run("score", "lille.yaml", "lyon.yaml", "-o", "net.html", *BOTH).code == 0
    for lang in ("fr", "en"):
        (overview,) = Path().glob(f"net.{lang}.html")
        pages = sorted(Path(f"net.{lang}").iterdir())
        assert [language(str(page)) for page in (overview, *pages)] == [lang] * 3
        links = re.findall(rf'href="(net\.{lang}/[^"#]+)', overview.read_text("utf-8"))
        assert sorted(set(links)) == [f"net.{lang}/{page.name}" for page in pages]
        assert all(f'href="../net.{lang}.html' in page.read_text("utf-8") for page in pages)


def test_a_pdf_in_each_language(run, monkeypatch):
    monkeypatch.setattr(pdf, "browser", lambda: "chromium")
    monkeypatch.setattr(pdf, "render", lambda page: b"%PDF-1.4\n" + page + pdf.MARK)
    assert run("score", "lille.yaml", "-o", "a.pdf", *BOTH).code == 0
    for lang in ("fr", "en"):
        assert f'<html lang="{lang}"'.encode() in Path(f"a.{lang}.pdf").read_bytes()
