"""Pictures of a booklet: read once, carried small and without metadata, and no more of them than a page can bear."""

import hashlib
import io

import pytest
from PIL import Image

from booklets import STANDARD, booklet_of, opened
from servaudit.render.training import SIDE, Pictures, page


def drawn(size: tuple[int, int] = (2000, 1000)) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    Image.effect_noise(size, 60).save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_a_picture_is_read_once_and_named_with_the_hash_of_its_file():
    content, read = drawn(), []
    pictures = Pictures(lambda beside, path: read.append((beside, path)) or content)
    first, second = (pictures.take("s.yaml", "a.jpg") for _ in range(2))
    assert first is second
    assert read == [("s.yaml", "a.jpg")]
    assert (first.width, first.height, first.sha256) == (SIDE, SIDE // 2, hashlib.sha256(content).hexdigest())
    assert first.address.startswith("data:image/jpeg;base64,")
    assert "where" not in first.address
    assert pictures.all() == [first]


def test_what_is_no_picture_or_is_not_there_is_left_out():
    pictures = Pictures(lambda _, path: b"<svg/>" if path == "a.svg" else None)
    assert [pictures.take("s", path) for path in ("a.svg", "b.jpg", None)] == [None, None, None]
    assert pictures.all() == []


def test_pictures_of_two_standards_are_two():
    pictures = Pictures(lambda beside, _: drawn((40, 20)) if beside == "one" else drawn((20, 40)))
    assert pictures.take("one", "a.jpg").width == 40
    assert pictures.take("two", "a.jpg").width == 20


def test_there_are_no_more_than_the_budget():
    content = drawn()
    first = Pictures(lambda *_: content).take("s", "a.jpg")
    pictures = Pictures(lambda *_: content, budget=len(first.address) + 10)
    assert [pictures.take("s", name) is None for name in ("a.jpg", "b.jpg", "a.jpg")] == [False, True, False]


@pytest.mark.parametrize("audience", ["trainer", "staff"])
def test_the_page_says_of_each_criterion_when_it_applies(tmp_path, audience):
    told = "en: The wait is told.}"
    shown = STANDARD.replace(told, f"{told}, examples: {{good: {{fr: Dite, en: Told}}}}")  # else it is among the plain
    booklets = [booklet_of(opened(tmp_path, standard=text), audience, "en") for text in (STANDARD, shown)]
    for booklet in booklets:
        html = page(booklet, lambda *_: None).decode()
        lines = [card.line for chapter in booklet.chapters for group in chapter.groups for card in group.cards]
        said = [line.condition for line in lines if line.condition]
        assert len(said) == 2
        assert [html.count(f">→ {condition}<") for condition in said] == [1, 1]


def test_the_customer_of_a_role_play_has_the_scenario_or_takes_a_case_of_what_applies(tmp_path):
    html = {}
    for name in ("mystery.yaml", "shop.yaml"):
        booklet = booklet_of(opened(tmp_path, name), language="en")
        play = booklet_of(opened(tmp_path), language="en").plays[0]._replace(scenario=booklet.grid.scenario)
        for condition in (None, "only if it rains"):
            told = play._replace(condition=condition, scenario=None if condition else play.scenario)
            html[name, condition] = page(booklet._replace(plays=(told,)), lambda *_: None).decode()
    scenario, case, need = "You look for a present.", "Take a real case where this applies", "Take a real need"
    said = {key: [text for text in (scenario, case, need) if text in page] for key, page in html.items()}
    assert said == {
        ("mystery.yaml", None): [scenario],
        ("mystery.yaml", "only if it rains"): [case],
        ("shop.yaml", None): [need],
        ("shop.yaml", "only if it rains"): [case],
    }
