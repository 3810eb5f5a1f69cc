import hashlib
import io
import os
import sys

import pytest

from servaudit import sources
from servaudit.sources import parse, read


def code(source: sources.Source) -> str:
    (diagnostic,) = source.diagnostics
    return diagnostic.code


def test_a_file_of_200_mib_is_refused_by_its_size(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert code(read(path)) == "file-too-large"


def test_an_endless_device_is_read_no_further_than_the_limit():
    assert code(read("/dev/zero")) == "file-too-large"


def test_what_is_not_there_or_is_a_folder_is_said(tmp_path):
    assert code(read(tmp_path / "none.yaml")) == "file-not-found"
    assert code(read(tmp_path)) == "file-unreadable"
    assert code(read("a\0b")) == "file-unreadable"


def test_a_link_to_itself_is_said(tmp_path):
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert code(read(tmp_path / "loop.yaml")) == "file-unreadable"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "file-empty"), (b" \n\t\n", "file-empty"), (b"# remark\n", "file-empty"), (b"---\n", "file-empty"),
     (b"\x89PNG\r\n\x1a\n\0\0", "not-text"), (b"PK\x03\x04\0\0", "workbook-unreadable"),
     ("é: 1".encode("latin-1"), "encoding"), ("é: 1".encode("utf-16"), "encoding"),
     ("a: 1".encode("utf-16-le"), "encoding"), ("a: 1".encode("utf-16-be"), "encoding"), (b"\xff\xfe\0", "not-text")],
)  # fmt: skip
def test_what_is_no_utf_8_text_is_refused_with_its_reason(content, expected):
    assert code(parse("file.yaml", content)) == expected


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert parse("file.yaml", b"\xef\xbb\xbfa: 1").data == {"a": 1}


def test_line_ends_change_neither_hash_nor_data_nor_places():
    unix, windows, mac = (parse("file.yaml", f"a: 1{end}b: 2{end}".encode()) for end in ("\n", "\r\n", "\r"))
    assert unix.sha256 == windows.sha256 == mac.sha256 == hashlib.sha256(b"a: 1\nb: 2\n").hexdigest()
    assert unix.data == windows.data == mac.data
    assert unix.locate(("b",)) == windows.locate(("b",)) == mac.locate(("b",))


def test_a_dash_is_standard_input_in_either_format(monkeypatch):
    for text in (b"a: yes\n", b'{"a": "yes"}'):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        assert read("-").data == {"a": "yes"}


def test_a_pipe_is_read_as_a_file_is():
    ours, theirs = os.pipe()
    os.write(theirs, b"a: 1\n")
    os.close(theirs)
    assert read(f"/dev/fd/{ours}").data == {"a": 1}
    os.close(ours)
