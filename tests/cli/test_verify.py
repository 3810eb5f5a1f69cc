"""A report is verified from the very documents it names; what was changed in it, or in them, is said."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servaudit.render import xlsx
from servaudit.sources import report as reports
from servaudit.sources import workbook
from servaudit.sources.workbook import sheet
from servaudit.verify.compare import cells

FORMS = ("json", "jsonl", "html", "xlsx")


@pytest.fixture
def made(run, visits, monkeypatch):
    """Stand in a repository of visits with their reports; one visit has a photo."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(visits.parent)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    outputs = [word for form in FORMS for word in ("-o", f"reports/all.{form}")]
    assert run("score", "visits", *outputs, "-q").code == 0
    return visits.parent


def commit() -> None:
    subprocess.run(["git", "commit", "-qam", "x"], check=True)


def checks(run, name: str, *arguments: str) -> tuple[int, list[dict]]:
    done = run("verify", f"reports/all.{name}", "--format", "json", *arguments)
    document = json.loads(done.out)
    assert document["schema"] == "servaudit/verification/1"
    return done.code, document["checks"]


@pytest.mark.usefixtures("made")
class TestTheSame:
    @pytest.mark.parametrize("form", FORMS)
    def test_every_form_of_report_is_the_same(self, run, form):
        code, found = checks(run, form)
        assert (code, {one["state"] for one in found}) == (0, {"same"})

    def test_it_is_said_to_a_person(self, run):
        done = run("verify", "reports/all.html")
        assert done.out.splitlines()[0] == "✔ visits/lille.yaml · counter@1.0.0"
        assert done.out.splitlines()[-2:] == ["✔ the visits together", "✔ the texts of the page"]
        assert "the same: scored again from the same documents" in done.err
        assert "✔ les textes de la page" in run("verify", "reports/all.html", "--lang", "fr").out

    @pytest.mark.parametrize("form", FORMS)
    def test_documents_that_have_changed_since_are_found_in_git(self, run, form):
        for path in (Path("visits/lyon.yaml"), Path("standards/counter.yaml")):
            path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
        commit()
        Path("visits/lille.yaml").unlink()
        assert checks(run, form)[0] == 0

    def test_documents_that_were_moved_are_found_by_their_hash(self, run):
        shutil.rmtree(".git")
        shutil.move("visits", "elsewhere")
        shutil.move("standards", "deeper/standards")
        assert checks(run, "json")[0] == 0

    def test_it_works_from_another_folder(self, run, made, monkeypatch):
        monkeypatch.chdir(made / "reports")
        assert run("verify", "all.json").code == 0

    def test_a_report_scored_under_another_version_is_verified_under_it(self, run):
        text = Path("standards/counter.yaml").read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0")
        Path("standards/two.yaml").write_text(text.replace("weight: 2", "weight: 9"), "utf-8")
        outputs = [word for form in FORMS for word in ("-o", f"reports/all.{form}")]
        assert run("score", "visits", "--as", "2.0.0", *outputs, "-q").code == 0
        for form in FORMS:
            assert checks(run, form)[0] == 0, form

    def test_a_report_of_several_standards_is_verified(self, run, tmp_path, monkeypatch):
        names = ("--standard", "service_behaviours", "--standard", "customer_indicators")
        run("init", str(tmp_path / "several"), *names)
        monkeypatch.chdir(tmp_path / "several")
        uses = "".join(f"  - {{standard: {name}, version: ^1}}\n" for name in names[1::2])
        both = f"kind: checklist\nid: both\nversion: 1.0.0\ntitle: Both\nstandards:\n{uses}"
        Path("checklists/both.yaml").write_text(both, "utf-8")
        shutil.rmtree("visits")
        Path("visits").mkdir()
        Path("visits/both.yaml").write_text(
            "kind: observation\nchecklist: both@1.0.0\nvisit: {id: v1, date: 2026-11-03}\nanswers:\n"
            "  service_behaviours: {calm: always, notices: often}\n  customer_indicators: {}\n", "utf-8")  # fmt: skip
        outputs = [word for form in FORMS for word in ("-o", f"reports/all.{form}")]
        assert run("score", *outputs, "-q").code == 0
        for form in FORMS:
            code, found = checks(run, form)
            assert (code, [one for one in found if one["state"] != "same"]) == (0, []), form

    def test_a_report_by_a_template_of_ones_own_needs_that_template(self, run):
        page = Path("house.html")
        page.write_text("<html lang={{ report.language }}><meta name=generator content='{{ report.generator }}'>"
                        "<p>House of {{ report.title }}</p>"
                        "<script type='application/json'>{{ data }}</script>", "utf-8")  # fmt: skip
        book = openpyxl.Workbook()
        book.active["A1"] = "House of {{ report.title }}"
        book.save("house.xlsx")
        templates = ("--template", "house.html", "--template", "house.xlsx")
        assert run("score", "visits", "-o", "reports/all.html", "-o", "reports/all.xlsx", *templates, "-q").code == 0
        assert checks(run, "html", *templates)[0] == 0
        assert checks(run, "xlsx", *templates)[0] == 0
        assert checks(run, "html")[0] == 1
        code, found = checks(run, "xlsx")
        assert (code, found[-1]["why"]) == (3, ["its template is not at hand: name it with --template"])


@pytest.mark.usefixtures("made")
class TestWhatDiffers:
    def test_a_figure_that_was_changed_is_said(self, run):
        path = Path("reports/all.json")
        document = json.loads(path.read_text("utf-8"))
        document["scorecards"][1]["score"] = 0.99
        document["scorecards"][1]["sections"] = []
        document["scorecards"][1]["criteria"][0]["answers"][0]["count"] = 8
        path.write_text(json.dumps(document), "utf-8")
        code, found = checks(run, "json")
        assert code == 1
        assert [one["state"] for one in found] == ["same", "differs", "same", "same"]
        places = {one["place"]: (one["said"], one["found"]) for one in found[1]["differences"]}
        assert places["score"][0] == 0.99
        assert places["criteria[greeted].answers[1].count"][0] == 8
        done = run("verify", "reports/all.json")
        assert "    score: the report says 0.99, it should be " in done.out
        assert "this report does not say what its documents come to" in done.err

    def test_a_visit_that_was_changed_without_a_commit_is_not_taken_for_the_one_scored(self, run):
        path = Path("visits/lyon.yaml")
        path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
        assert checks(run, "json")[0] == 0
        shutil.rmtree(".git")
        code, found = checks(run, "json")
        assert code == 3
        assert [one["state"] for one in found] == ["same", "unverified", "same", "unverified"]
        assert "visits/lyon.yaml was not found: no file here, and none in git" in found[1]["why"][0]

    def test_a_text_of_the_page_that_was_changed_is_said(self, run):
        path = Path("reports/all.html")
        text = path.read_text("utf-8")
        path.write_text(text.replace("Lyon Part-Dieu", "Lyon Perrache", 1), "utf-8")
        code, found = checks(run, "html")
        assert code == 1
        (check,) = [one for one in found if one["state"] != "same"]
        assert check["what"] == "the texts of the page"
        assert "Perrache" in str(check["differences"])

    def test_a_cell_that_was_changed_is_said(self, run):
        book = openpyxl.load_workbook("reports/all.xlsx")
        sheet = book.worksheets[1]
        cell = next(cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float))
        cell.value = 0.99
        book.save("reports/all.xlsx")
        code, (check,) = checks(run, "xlsx")
        assert code == 1
        assert f"{sheet.title}!{cell.coordinate}" in [one["place"] for one in check["differences"]]

    @pytest.mark.parametrize(
        ("mark", "added"),
        [
            ("</body>", "<script>document.title = 'x'</script>"),
            ("</head>", "<style>h1::after { content: '100 %' }</style>"),
            ("</body>", '<img src="certified.png">'),
            ("</body>", '<iframe srcdoc="100 %"></iframe>'),
        ],
    )
    def test_what_changes_the_page_without_a_text_is_said(self, run, mark, added):
        path = Path("reports/all.html")
        path.write_text(path.read_text("utf-8").replace(mark, added + mark), "utf-8")
        code, found = checks(run, "html")
        assert (code, [one["what"] for one in found if one["state"] == "differs"]) == (1, ["the texts of the page"])

    def test_labels_that_are_read_aloud_are_compared(self, run):
        path = Path("reports/all.html")
        path.write_text(path.read_text("utf-8").replace('aria-label="', 'aria-label="Certified ', 1), "utf-8")
        assert checks(run, "html")[0] == 1

    def test_a_formula_and_a_sheet_that_were_added_are_said(self, run):
        book = openpyxl.load_workbook("reports/all.xlsx")
        name = book.worksheets[0].title
        book[name]["AD200"] = "=1+1"
        book.create_sheet("Certified")["A1"] = "100 %"
        book.save("reports/all.xlsx")
        code, (check,) = checks(run, "xlsx")
        assert (code, [one["place"] for one in check["differences"]]) == (1, [f"{name}!AD200", "Certified"])

    def test_what_is_too_much_and_what_is_missing_are_said_in_words(self, run):
        book = openpyxl.load_workbook("reports/all.xlsx")
        sheet = book.worksheets[0]
        sheet["AD200"], title, sheet["A1"] = "Certified", sheet["A1"].value, None
        book.save("reports/all.xlsx")
        done = run("verify", "reports/all.xlsx", "--lang", "en").out
        assert f"{sheet.title}!AD200: the report says “Certified”, it should say nothing\n" in done
        assert f"{sheet.title}!A1: the report says nothing, it should be “{title}”\n" in done
        done = run("verify", "reports/all.xlsx", "--lang", "fr").out
        assert f"{sheet.title}!AD200\u00a0: le rapport dit «\u00a0Certified\u00a0», il ne devrait rien dire\n" in done
        assert f"{sheet.title}!A1\u00a0: le rapport ne dit rien, ce devrait être «\u00a0{title}\u00a0»\n" in done

    def test_a_sheet_that_is_not_there_any_more_is_said(self, run):
        book = openpyxl.load_workbook("reports/all.xlsx")
        name = book.worksheets[-1].title
        del book[name]
        book.save("reports/all.xlsx")
        code, (check,) = checks(run, "xlsx")
        assert code == 1
        assert {"place": name, "said": None, "found": "a sheet"} in check["differences"]
        assert f"    {name}: the report says nothing, it should be a sheet" in run("verify", "reports/all.xlsx").out

    def test_a_photo_that_is_not_there_any_more_is_said(self, run, made):
        shutil.rmtree(made / ".git")
        text = Path("visits/lyon.yaml").read_text("utf-8")
        Path("visits/note.txt").write_text("seen", "utf-8")
        data = text.split("answers:")[0] + "answers:\n  greeted: {value: yes, evidence: [note.txt]}\n"
        Path("visits/lyon.yaml").write_text(data, "utf-8")
        assert run("score", "visits/lyon.yaml", "-o", "reports/all.json", "-q").code == 0
        assert checks(run, "json")[0] == 0
        Path("visits/note.txt").unlink()
        code, found = checks(run, "json")
        assert code == 3
        assert found[0]["why"] == ["evidence that went with the visit is not beside it any more"]


class TestSeveralStandards:
    @pytest.fixture(autouse=True)
    def _report(self, run, tmp_path, monkeypatch):
        shutil.copytree(Path(__file__).parents[2] / "examples" / "parcours", tmp_path / "calls")
        monkeypatch.chdir(tmp_path / "calls")
        assert run("score", "appels", *(word for form in FORMS for word in ("-o", f"all.{form}")), "-q").code == 0

    @pytest.mark.parametrize("form", FORMS)
    def test_the_report_is_the_same(self, run, form):
        assert run("verify", f"all.{form}").code == 0

    @pytest.mark.parametrize("number", range(6))
    def test_a_result_that_was_taken_out_is_said(self, run, number):
        lines = Path("all.jsonl").read_text("utf-8").splitlines()
        gone = json.loads(lines.pop(number))
        Path("all.jsonl").write_text("\n".join(lines), "utf-8")
        done = run("verify", "all.jsonl", "--lang", "en")
        assert done.code == 1
        assert f"✘ {gone['observation']['path']} · {gone['standard']['id']}@1.0.0\n" in done.out
        assert "scorecards: the report says nothing, it should be the result on this standard" in done.out


@pytest.mark.parametrize(("typed", "same"), [("=sum(B1: B2)", True), (0.99, False), ("=1", False), (None, False)])
def test_where_a_formula_should_be_only_that_formula_is_the_same(typed, same):
    def book(value):
        made, stream = openpyxl.Workbook(), io.BytesIO()
        made.active["A1"] = value
        made.save(stream)
        return workbook.parse("a.xlsx", stream.getvalue())

    assert (list(cells(book(typed), book("=SUM(B1:B2)"))) == []) is same


class TestHostileReports:
    @pytest.mark.parametrize(
        "text",
        ["", "{}", "[]", "<html></html>", "\0", '{"schema": "servaudit/scores/1"}', "{" * 9999, "[" * 99999,
         '{"schema": "servaudit/scores/1", "scorecards": [7]}', "<script type=application/json>{",
         '{"schema": "servaudit/scorecard/1"}', '{"schema": "servaudit/scores/1", "scorecards": []}'],
    )  # fmt: skip
    def test_what_is_no_report_is_said(self, run, tmp_path, text):
        path = tmp_path / "a.json"
        path.write_text(text, "utf-8")
        done = run("verify", path)
        assert (done.code, done.out) == (3, "")
        assert "error[report] this is no report of servaudit" in done.err

    def test_a_workbook_that_is_no_report_is_said(self, run, tmp_path):
        openpyxl.Workbook().save(tmp_path / "a.xlsx")
        assert (
            "error[report] this workbook does not say what it was made from" in run("verify", tmp_path / "a.xlsx").err
        )

    @pytest.mark.usefixtures("made")
    def test_a_workbook_of_too_many_visits_is_told_from_one_that_is_no_report(self, run, monkeypatch):
        monkeypatch.setattr(xlsx, "_LISTED", 0)
        assert run("score", "visits", "-o", "many.xlsx", "-q", "--lang", "en").code == 0
        done = run("verify", "many.xlsx", "--lang", "en")
        assert (done.code, done.out) == (3, "")
        assert "this workbook does not name its visits: there are too many" in done.err
        assert "help: verify the JSON, or the page of one visit" in done.err

    @pytest.mark.usefixtures("made")
    def test_a_workbook_too_large_to_compare_is_not_taken_for_a_checklist(self, run, monkeypatch):
        monkeypatch.setattr(sheet, "CELLS", 10)
        done = run("verify", "reports/all.xlsx", "--lang", "en")
        assert done.code == 3
        assert "error[report] this workbook is too large to be compared cell by cell" in done.err
        assert "help: verify the JSON, or the page of one visit" in done.err

    def test_a_file_that_is_not_there_is_said(self, run):
        assert "error[file-not-found]" in run("verify", "nowhere.json").err

    def test_what_it_names_may_be_anything_but_is_only_read_where_it_is_a_file(self, run, made):
        os.mkfifo("pipe.yaml")
        document = json.loads(Path("reports/all.json").read_text("utf-8"))
        for card, path in zip(document["scorecards"], ("/dev/zero", "pipe.yaml", "\0/x\n/../.."), strict=True):
            card["observation"]["path"] = card["standard"]["path"] = path
        Path("reports/all.json").write_text(json.dumps(document), "utf-8")
        assert checks(run, "json")[0] == 0
        shutil.rmtree(made / "visits")
        shutil.rmtree(made / ".git")
        assert checks(run, "json")[0] == 3

    @pytest.mark.usefixtures("made")
    def test_scorecards_of_any_shape_are_compared(self, run):
        document = json.loads(Path("reports/all.json").read_text("utf-8"))
        kept = {key: document["scorecards"][0][key] for key in ("observation", "standard")}
        for junk in ({}, {"score": [1]}, {"criteria": {"a": 1}}, {"visit": None, "role": 7}, {"bounds": "x"}):
            document["scorecards"] = [{**kept, **junk}]
            Path("reports/all.json").write_text(json.dumps(document), "utf-8")
            assert run("verify", "reports/all.json").code in (1, 3)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["schema", "scorecards", "observation", "standard", "path", "sha256"]), inner,
                        max_size=4), max_leaves=12))  # fmt: skip
def test_nothing_that_json_can_say_is_an_exception(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("drawn") / "a.json"
    document = {**data, "schema": "servaudit/scores/1"} if isinstance(data, dict) else data
    path.write_text(json.dumps(document), "utf-8")
    made = reports.read(str(path))
    assert bool(made.diagnostics) is (made.cards == () and made.generator == "")


HOUSE = "kind: vocabulary\nid: house\nversion: 1.0.0\ntitle: House\nscales: {often: {choices: {yes: 2, no: 0}}}\n"
SHOP = (
    "kind: standard\nid: shop\nversion: 1.0.0\ntitle: Shop\nuse: [house@1.0.0]\n"
    "criteria: [{id: a, text: A, scale: often}]\n"
)
VISIT = "kind: observation\nstandard: shop@1.0.0\nvisit: {id: v}\nanswers: {a: yes}\n"


class TestVocabularies:
    @pytest.fixture(autouse=True)
    def _report(self, run, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        for name, text in (("house", HOUSE), ("shop", SHOP), ("visit", VISIT)):
            Path(f"{name}.yaml").write_text(text, "utf-8")
        assert run("score", "visit.yaml", "-o", "visit.json", "-q").code == 0

    def test_a_report_is_the_same_from_a_standard_and_what_it_uses(self, run):
        assert run("verify", "visit.json").code == 0
        Path("elsewhere").mkdir()
        for name in ("house", "shop"):
            Path(f"{name}.yaml").rename(f"elsewhere/{name}-renamed.yaml")
        assert run("verify", "visit.json").code == 0

    @pytest.mark.parametrize("name", ["house", "shop"])
    def test_a_vocabulary_or_standard_that_was_changed_is_noticed(self, run, name):
        path = Path(f"{name}.yaml")
        path.write_text(path.read_text("utf-8") + "description: changed\n", "utf-8")
        done = run("verify", "visit.json")
        assert done.code == 3
        assert "shop@1.0.0 was not found as it was: with no house@1.0.0, here or in git, it has SHA-256" in done.out

    def test_a_vocabulary_that_is_gone_is_noticed(self, run):
        Path("house.yaml").unlink()
        assert run("verify", "visit.json").code == 3

    def test_what_the_vocabulary_was_is_found_in_git(self, run, monkeypatch):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
            monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
            subprocess.run(["git", *command], check=True)
        Path("house.yaml").write_text(HOUSE.replace("yes: 2", "yes: 3"), "utf-8")
        commit()
        assert run("verify", "visit.json").code == 0
