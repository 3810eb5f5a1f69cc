"""`servaudit new visit`: a file to fill in, named by site and date, that replaces nothing."""

import datetime as dt

import pytest

from booklets import CHECKLIST, DESK, STANDARD


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in (("shop.yaml", STANDARD), ("mystery.yaml", CHECKLIST), ("desk.yaml", DESK)):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_is_named_by_site_and_date(folder, run):
    done = run("new", "visit", "shop.yaml", "--site", "Évry – Gare du Nord", "--date", "2026-11-03")
    assert (done.code, done.out) == (0, "")
    assert "evry-gare-du-nord-2026-11-03.yaml" in done.err
    text = (folder / "evry-gare-du-nord-2026-11-03.yaml").read_text("utf-8")
    assert '  id: evry-gare-du-nord-2026-11-03\n  site: "Évry – Gare du Nord"\n  date: 2026-11-03\n' in text
    assert "  # 1. Le sourire est là.\n" in text  # the standard's own language


def test_a_file_that_is_there_is_never_replaced(folder, run):
    (folder / "mine.yaml").write_text("kept", "utf-8")
    (folder / "empty.yaml").write_text("", "utf-8")
    for name in ("mine.yaml", "empty.yaml"):
        done = run("new", "visit", "shop.yaml", "-o", name)
        assert done.code == 74
        assert "already" in done.err
    assert ((folder / "mine.yaml").read_text(), (folder / "empty.yaml").read_text()) == ("kept", "")


def test_it_goes_to_standard_output_for_a_dash_and_to_any_folder(folder, run):
    done = run("new", "visit", "shop.yaml", "-o", "-", "--lang", "en")
    assert done.out.startswith("kind: observation\nstandard: shop@1.2.0  # Shop\nlanguage: en\n")
    assert f"  date: {dt.date.today().isoformat()}\n" in done.out  # noqa: DTZ011 - the command's own default
    run("new", "visit", "shop.yaml", "-o", "visits/one.yaml")
    assert (folder / "visits/one.yaml").is_file()


@pytest.mark.usefixtures("folder")
def test_what_was_made_can_be_scored_where_it_is(run):
    run("new", "visit", "mystery.yaml", "--site", "lyon", "--date", "2026-11-03")
    done = run("score", "lyon-2026-11-03.yaml")
    assert done.code == 0, done.err


def test_a_site_that_is_not_in_the_list_is_refused_with_the_list(folder, run):
    done = run("new", "visit", "mystery.yaml", "--site", "Paris")
    assert done.code == 2
    assert "Lyon" in done.err
    assert not list(folder.glob("paris*"))
    assert run("new", "visit", "mystery.yaml", "--site", "BREST (port)", "-o", "brest.yaml").code == 0


@pytest.mark.parametrize("date", ["2026-13-01", "3/11/2026", "", "tomorrow"])
def test_a_date_is_year_month_day(folder, run, date):
    done = run("new", "visit", "shop.yaml", "--date", date)
    assert (done.code, "2026-11-03" in done.err) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == ["desk.yaml", "mystery.yaml", "shop.yaml"]


def test_what_is_no_checklist_is_refused_with_its_place(folder, run):
    (folder / "visit.yaml").write_text(
        "kind: observation\nstandard: shop@1.2.0\nvisit: {id: x}\nanswers: {}\n", "utf-8"
    )
    done = run("new", "visit", "visit.yaml")
    assert (done.code, "visit.yaml:1:" in done.err) == (3, True)
