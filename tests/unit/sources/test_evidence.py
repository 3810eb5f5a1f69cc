import hashlib

import pytest

from servaudit.sources.evidence import hash_file, read_photo


@pytest.fixture
def observation(tmp_path):
    (tmp_path / "visit" / "photos").mkdir(parents=True)
    (tmp_path / "visit" / "photos" / "smile.jpg").write_bytes(b"jpg")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return str(tmp_path / "visit" / "visit.yaml")


def test_a_file_beside_the_observation_is_hashed(observation):
    expected = hashlib.sha256(b"jpg").hexdigest()
    assert hash_file(observation, "photos/smile.jpg").sha256 == expected
    assert hash_file(observation, "photos\\smile.jpg").sha256 == expected


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "photos/../../secret.txt", "/etc/passwd", "C:\\secret.txt", "C:secret.txt", "\\\\host\\share",
     "..\\secret.txt", "a\0b"],
)  # fmt: skip
def test_a_path_that_leaves_the_folder_is_refused(observation, path):
    found = hash_file(observation, path)
    assert (found.sha256, found.code) == (None, "evidence-path")


def test_a_link_that_leaves_the_folder_is_refused(observation, tmp_path):
    (tmp_path / "visit" / "link.jpg").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "visit" / "up").symlink_to(tmp_path)
    assert hash_file(observation, "link.jpg").code == "evidence-path"
    assert hash_file(observation, "up/secret.txt").code == "evidence-path"


def test_what_is_not_there_not_a_file_or_too_large_is_said(observation):
    assert hash_file(observation, "photos/none.jpg").code == "evidence-missing"
    assert hash_file(observation, "photos").code == "evidence-missing"
    assert hash_file(observation, "photos/smile.jpg", limit=2).code == "evidence-unreadable"
    assert hash_file(observation, "n" * 5000).code == "evidence-unreadable"


def test_a_photo_is_read_from_the_same_places_only(observation, tmp_path):
    photo = b"\xff\xd8\xff\xe0\0\x10JFIF"
    (tmp_path / "visit" / "photos" / "face.JPG").write_bytes(photo)
    (tmp_path / "secret.jpg").write_bytes(photo)
    (tmp_path / "visit" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    assert read_photo(observation, "photos/face.JPG") == read_photo(observation, "photos\\face.JPG") == photo
    assert read_photo(observation, "photos/face.JPG", limit=5) is None
    refused = ("photos/smile.jpg", "../secret.jpg", "../secret.txt", str(tmp_path / "secret.jpg"), "link.jpg",
               "photos", "photos/none.jpg", "visit.yaml", "a\0.jpg", "n" * 5000 + ".jpg")  # fmt: skip
    assert [read_photo(observation, path) for path in refused] == [None] * len(refused)


def test_a_link_to_itself_is_no_crash(observation, tmp_path):
    (tmp_path / "visit" / "loop").symlink_to(tmp_path / "visit" / "loop")
    assert hash_file(observation, "loop").code in {"evidence-missing", "evidence-unreadable"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0\0\2\xff\xda\xff\xd9", None),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", None),
        ("a.txt", b"words", None),
        ("a.txt", b"\xff\xd8\xff", None),
        ("a.JPG", b"\xff\xd8\xff\xe0\0\x10JFIF", "evidence-not-image"),
        ("a.jpg", b"words", "evidence-not-image"),
        ("a.png", b"", "evidence-not-image"),
    ],
)
def test_a_photo_is_an_image(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    found = hash_file(str(tmp_path / "visit.yaml"), name)
    assert (found.code, found.sha256) == (code, hashlib.sha256(content).hexdigest())
