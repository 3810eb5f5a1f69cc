"""Documents of the past are looked for in real repositories, made in a temporary folder."""

import os
import subprocess

import pytest

from servaudit.sources import git, git_command, past
from servaudit.sources.git import GitError
from servaudit.sources.text import sha256_of


def standard(version, title="A shop", name="shop"):
    return f"kind: standard\nid: {name}\nversion: {version}\ntitle: {title}\n"


@pytest.fixture
def commit(tmp_path, monkeypatch):
    """Stand in a repository; commit files (None: take it away), give the commit's id."""
    monkeypatch.chdir(tmp_path)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A12")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a12@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(*arguments):
        return subprocess.run(["git", *arguments], capture_output=True, check=True, encoding="utf-8").stdout.strip()

    def write(files=None, *, tag=None):
        for name, text in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_bytes(text.encode())
        if files:
            run("add", "-A")
            run("commit", "-q", "-m", "x")
        if tag:
            run("tag", tag)
        return run("rev-parse", "HEAD")

    write.git = run
    run("init", "-q", "-b", "main")
    return write


def names(found):
    return [(one.name, one.head.version) for one in found]


def of(version):
    return lambda said: said == version


def find(version, known=("standards/shop.yaml",)):
    return past.versions(git.Repository.around("."), "standard", "shop", of(version), known)


def test_a_version_is_found_in_the_history_of_its_file(commit):
    first = commit({"standards/shop.yaml": standard("1.0.0")})
    second = commit({"standards/shop.yaml": standard("1.1.0")})
    commit({"standards/shop.yaml": standard("2.0.0")})
    assert names(find("1.0.0")) == [(f"git:{first[:10]}:standards/shop.yaml", "1.0.0")]
    assert names(find("1.1.0")) == [(f"git:{second[:10]}:standards/shop.yaml", "1.1.0")]
    assert find("1.2.0") == []


def test_the_name_is_one_that_git_takes(commit):
    commit({"shop.yaml": standard("1.0.0")})
    commit({"shop.yaml": standard("2.0.0")})
    (found,) = find("1.0.0", ["shop.yaml"])
    revision, path = past.named(found.name)
    assert commit.git("show", f"{revision}:{path}") == standard("1.0.0").strip()
    assert past.named("standards/shop.yaml") is None
    assert past.named("git:") is None


def test_a_file_that_was_moved_is_followed(commit):
    body = "".join(f"# line {number}\n" for number in range(30))
    first = commit({"old/branch.yaml": standard("1.0.0") + body})
    commit({"old/branch.yaml": None, "standards/shop.yaml": standard("1.0.0") + body})
    commit({"standards/shop.yaml": standard("2.0.0") + body})
    (found,) = find("1.0.0")
    assert found.content.decode() == standard("1.0.0") + body
    assert (found.path, first != found.commit) == ("standards/shop.yaml", True)


def test_a_file_that_was_taken_away_is_found_too(commit):
    first = commit({"a/b/shop.yml": standard("1.0.0"), "x.yaml": "kind: standard\nid: other\nversion: 1.0.0\n"})
    commit({"a/b/shop.yml": None})
    assert names(find("1.0.0", [])) == [(f"git:{first[:10]}:a/b/shop.yml", "1.0.0")]


def test_another_branch_is_looked_into(commit):
    commit({"shop.yaml": standard("1.0.0")})
    commit.git("switch", "-q", "-c", "next")
    commit({"shop.yaml": standard("2.0.0")})
    commit.git("switch", "-q", "main")
    assert [one.head.version for one in find("2.0.0", ["shop.yaml"])] == ["2.0.0"]


def test_a_version_that_was_written_twice_gives_the_last_unless_a_tag_marks_one(commit):
    commit({"shop.yaml": standard("1.0.0", "First")})
    first = commit(tag="v9")
    second = commit({"shop.yaml": standard("1.0.0", "Second")})
    commit({"shop.yaml": standard("2.0.0")})
    assert [one.commit for one in find("1.0.0", ["shop.yaml"])] == [second, first]
    commit.git("tag", "-a", "-m", "x", "shop@1.0.0", first)
    assert [(one.commit, one.tagged) for one in find("1.0.0", ["shop.yaml"])] == [(first, True), (second, False)]
    commit.git("tag", "-d", "shop@1.0.0")
    commit.git("tag", "v11.0.0", first)
    assert [one.tagged for one in find("1.0.0", ["shop.yaml"])] == [False, False]


def test_a_standard_in_json_is_found_like_one_in_yaml(commit):
    commit({"shop.json": '{"id": "shop", "kind": "standard", "title": "x", "version": "1.0.0"}'})
    commit({"shop.json": None})
    assert [one.path for one in find("1.0.0", [])] == ["shop.json"]


def test_a_document_is_found_by_the_hash_of_its_text(commit):
    first = commit({"visits/lyon.yaml": "kind: observation\r\nanswers: {a: no}\r\n"})
    commit({"visits/lyon.yaml": "kind: observation\nanswers: {a: yes}\n"})
    wanted = sha256_of(b"kind: observation\nanswers: {a: no}\n")
    repository = git.Repository.around(".")
    found = past.with_hash(repository, wanted, ["visits/lyon.yaml"])
    assert (found.commit, found.path) == (first, "visits/lyon.yaml")
    assert past.hashes(repository)[wanted] == (first, "visits/lyon.yaml")
    assert past.with_hash(repository, wanted, []) is None
    assert past.with_hash(repository, "0" * 64, ["visits/lyon.yaml"]) is None


def test_what_is_too_large_is_passed_over(commit, monkeypatch):
    commit({"big.yaml": "x" * 5000, "shop.yaml": standard("1.0.0")})
    commit({"shop.yaml": standard("2.0.0")})
    monkeypatch.setattr(past, "LIMIT", 1000)
    assert len(find("1.0.0", [])) == 1


def test_names_that_look_like_what_git_prints_do_no_harm(commit):
    commit({"a\x01b.yaml": standard("1.0.0"), "c\nd.yaml": standard("1.0.0"), "é 'x'.yaml": standard("1.0.0")})
    commit({"shop.yaml": standard("2.0.0")})
    assert {one.path for one in find("1.0.0", [])} <= {"a\x01b.yaml", "é 'x'.yaml"}


def test_outside_a_repository_there_is_no_past(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GitError):
        find("1.0.0")
    archive = past.Archive()
    assert archive.versions("visits/lyon.yaml", "standard", ("shop", "1.0.0"), of("1.0.0"), []) == []
    assert archive.repository("nowhere/at/all.yaml") is None


def test_a_history_is_looked_through_once(commit, monkeypatch):
    commit({"shop.yaml": standard("1.0.0")})
    commit({"shop.yaml": standard("2.0.0")})
    archive = past.Archive()

    def look(version):
        return archive.versions("shop.yaml", "standard", ("shop", version), of(version), ["shop.yaml"])

    assert [one.head.version for one in look("1.0.0")] == ["1.0.0"]
    assert look("9.0.0") == []
    monkeypatch.setattr(git_command.subprocess, "run", None)
    monkeypatch.setattr(git_command.subprocess, "Popen", None)
    assert len(look("1.0.0")) == 1
    assert look("9.0.0") == []
    assert archive.cut is False


def test_a_clone_that_was_cut_says_so(commit, tmp_path):
    commit({"shop.yaml": standard("1.0.0")})
    commit({"shop.yaml": standard("2.0.0")})
    assert git.Repository.around(".").shallow() is False
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{tmp_path}", "cut"], check=True, capture_output=True)
    assert git.Repository.around("cut").shallow() is True
    archive = past.Archive()
    assert archive.versions("cut/shop.yaml", "standard", ("shop", "1.0.0"), of("1.0.0"), []) == []
    assert archive.cut is True


@pytest.mark.parametrize("there", [True, False])
def test_a_repository_that_cannot_be_asked_is_told_apart_from_none(tmp_path, monkeypatch, there):
    if there:
        (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    archive = past.Archive()
    near = str(tmp_path / "visits" / "v.yaml")
    assert archive.versions(near, "standard", ("shop", "1.0.0"), of("1.0.0"), []) == []
    reason = "git is not installed, or not on the PATH" if there else "None"
    assert str(archive.refused) == reason
