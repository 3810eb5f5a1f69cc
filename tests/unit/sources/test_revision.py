"""Documents as they were in a revision."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from servaudit.sources import revision


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
def test_before_the_first_commit_nothing_was_there_and_that_is_no_fault(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    path = tmp_path / "shop.yaml"
    path.write_text("kind: standard\n", "utf-8")
    assert revision.at(str(path), "HEAD") is None
    assert [fault.code for fault in revision.at(str(path), "main~1").diagnostics] == ["revision"]


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """Commit a standard, and stand in its repository."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text("kind: standard\nid: shop\nversion: 1.0.0\ntitle: A\n", "utf-8")
    who = ("-c", "user.name=A12", "-c", "user.email=a12@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "x")):
        subprocess.run(["git", *arguments], check=True)
    return tmp_path / "shop.yaml"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
def test_a_file_that_was_renamed_and_rewritten_since_is_known_by_its_id(shop):
    new = shop.with_name("counter.yaml")
    shop.rename(new)
    new.write_text("title: Something else altogether\nkind: standard\nid: shop\nversion: 1.0.0\n", "utf-8")
    assert revision.at("counter.yaml", "HEAD").path == "HEAD:shop.yaml"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
@pytest.mark.parametrize(("identity", "stays"), [("shop", True), ("other", False)])
def test_a_file_beside_the_old_one_or_of_another_id_is_new(shop, identity, stays):
    new = shop.with_name("counter.yaml")
    new.write_text(f"kind: standard\nid: {identity}\nversion: 2.0.0\ntitle: A\n", "utf-8")
    if not stays:
        shop.unlink()
    assert revision.at("counter.yaml", "HEAD") is None
