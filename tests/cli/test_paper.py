"""`servaudit checklist` for paper, for trainers and for staff."""

import shutil

import pytest

from booklets import CHECKLIST, DESK, STANDARD

needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on the PATH")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in (("shop.yaml", STANDARD), ("mystery.yaml", CHECKLIST), ("desk.yaml", DESK)):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sheet_is_written_for_wikis_and_as_a_page_to_print(folder, run):
    done = run("checklist", "mystery.yaml", "--paper", "-o", "sheet.md", "-o", "sheet.html")
    assert done.code == 0, done.err
    assert "# Visite mystère" in (folder / "sheet.md").read_text("utf-8")
    page = (folder / "sheet.html").read_text("utf-8")
    assert "Vous cherchez un cadeau." in page
    assert "<script" not in page


def test_what_servaudit_made_is_replaced_and_what_others_made_is_not(folder, run):
    assert run("checklist", "shop.yaml", "-o", "sheet.md").code == 0
    assert run("checklist", "shop.yaml", "-o", "sheet.md", "--lang", "en").code == 0
    assert "# Shop" in (folder / "sheet.md").read_text("utf-8")
    (folder / "mine.md").write_text("# Mine", "utf-8")
    assert run("checklist", "shop.yaml", "-o", "mine.md").code == 74
    assert (folder / "mine.md").read_text("utf-8") == "# Mine"


@pytest.mark.parametrize(("audience", "title"), [("trainer", "Dossier du formateur"), ("staff", "Guide de service")])
def test_trainers_and_staff_have_a_page_of_their_own(folder, run, audience, title):
    assert run("checklist", "shop.yaml", "--audience", audience, "-o", "page.html").code == 0
    assert f"Boutique · {title}</title>" in (folder / "page.html").read_text("utf-8")


def test_the_words_of_an_audience_are_those_of_its_page(folder, run):
    worded = CHECKLIST.replace(
        "include: {sections: closing}}",
        "include: {sections: closing}, wording: {staff: {thanks: {text: Je remercie chaque client.}}}}",
    )
    (folder / "mystery.yaml").write_text(worded, "utf-8")
    for audience in ("staff", "trainer"):
        assert run("checklist", "mystery.yaml", "--audience", audience, "-o", f"{audience}.html").code == 0
    assert "Je remercie chaque client." in (folder / "staff.html").read_text("utf-8")
    assert "Je remercie chaque client." not in (folder / "trainer.html").read_text("utf-8")


@pytest.mark.parametrize("arguments", [("-o", "sheet.txt"), ("--audience", "staff", "-o", "sheet.md"), ("-o", "sheet")])
def test_a_form_that_there_is_not_is_told_with_those_there_are(folder, run, arguments):
    done = run("checklist", "shop.yaml", *arguments)
    assert (done.code, ".pdf" in done.err) == (2, True)
    assert not list(folder.glob("sheet*"))


def test_without_a_browser_the_page_to_print_is_named(folder, run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("servaudit.render.pdf._PLACES", ())
    done = run("checklist", "shop.yaml", "-o", "sheet.pdf")
    assert (done.code, "--paper" in done.err, "sheet.pdf" in done.err) == (74, True, True)
    assert not (folder / "sheet.pdf").exists()


@needs_browser
@pytest.mark.parametrize("audience", ["auditor", "trainer", "staff"])
def test_a_pdf_is_printed_and_replaced(folder, run, audience):
    for _ in range(2):
        assert run("checklist", "shop.yaml", "--audience", audience, "-o", "sheet.pdf").code == 0
    assert (folder / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_document_gives_the_same_bytes(folder, run):
    made = []
    for name in ("one", "two"):
        run("checklist", "shop.yaml", "--paper", "-o", f"{name}.md", "-o", f"{name}.html")
        run("checklist", "shop.yaml", "--audience", "trainer", "-o", f"{name}-trainer.html")
        made.append([(folder / f"{name}{end}").read_bytes() for end in (".md", ".html", "-trainer.html")])
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("sheet.html", ("--paper",)),
        ("handbook.html", ("--audience", "staff")),
        ("trainer.html", ("--audience", "trainer")),
    ],
)
def test_a_brand_copies_a_page_and_changes_what_it_wants(folder, run, name, arguments):
    assert run("template", name, "-o", "brand/").code == 0
    copied = {path.relative_to(folder / "brand").as_posix() for path in (folder / "brand").rglob("*") if path.is_file()}
    assert name in copied
    assert "report.css" not in copied
    page = folder / "brand" / name
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>Our own house</p></body>"), "utf-8")
    style = folder / "brand/paper" / ("sheet.css" if name == "sheet.html" else "book.css")
    style.write_text(style.read_text("utf-8") + "\n.ours { color: red; }\n", "utf-8")
    assert run("checklist", "shop.yaml", *arguments, "--template", f"brand/{name}", "-o", "out.html").code == 0
    made = (folder / "out.html").read_text("utf-8")
    assert "<p>Our own house</p>" in made
    assert ".ours { color: red; }" in made


def test_a_template_that_is_at_fault_is_told_with_its_line_and_one_that_is_read_is_not_written(folder, run):
    (folder / "own.html").write_text("<p>\n{{ sheet.nothing }}\n</p>", "utf-8")
    done = run("checklist", "shop.yaml", "--paper", "--template", "own.html", "-o", "out.html")
    assert (done.code, "own.html:2:" in done.err) == (3, True)
    assert not (folder / "out.html").exists()
    done = run("checklist", "shop.yaml", "--paper", "--template", "own.html", "-o", "own.html", "--force")
    assert (done.code, "{{ sheet.nothing }}" in (folder / "own.html").read_text("utf-8")) == (74, True)
    assert run("checklist", "shop.yaml", "--paper", "--template", "own.txt", "-o", "out.html").code == 2
    assert run("checklist", "shop.yaml", "--paper", "--template", "none.html", "-o", "out.html").code == 3
    assert run("checklist", "shop.yaml", "--template", "own.html", "-o", "form.html").code == 2  # the form is ours
