"""The edge to git is tried on real repositories, made in a temporary folder."""

import os
import subprocess
import time

import pytest

from servaudit.sources import git, git_command
from servaudit.sources.git import GitError, Repository


class Scratch:
    """A repository to commit files to."""

    def __init__(self, root):
        self.root = root
        root.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments):
        identity = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = os.environ | identity | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, **files):
        for name, text in files.items():
            path = self.root / name.replace("__", "/").replace("_yaml", ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "one")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def scratch(tmp_path):
    return Scratch(tmp_path / "repo")


def said(failing):
    with pytest.raises(GitError) as error:
        failing()
    return str(error.value.message)


def test_a_file_is_read_in_every_revision_it_is_in(scratch):
    first = scratch.commit(a_yaml="one\n")
    scratch.commit(a_yaml="two\n", b_yaml="b")
    repository = Repository.around(str(scratch.root / "a.yaml"))
    assert repository.show("HEAD", "a.yaml") == b"two\n"
    assert repository.show(first, "a.yaml") == repository.show("HEAD~1", "a.yaml") == b"one\n"
    assert repository.show("HEAD~1", "b.yaml") is None
    assert repository.show("nowhere", "a.yaml") is None
    wanted = [("HEAD", "b.yaml"), (first, "b.yaml"), (first, "a.yaml")]
    assert list(repository.contents(wanted)) == [b"b", None, b"one\n"]


def test_what_is_staged_is_read_with_an_empty_revision(scratch):
    scratch.commit(a_yaml="one\n")
    (scratch.root / "a.yaml").write_text("staged\n")
    scratch.git("add", "a.yaml")
    (scratch.root / "a.yaml").write_text("not staged\n")
    assert git.read(git.Named("", "a.yaml"), str(scratch.root)) == b"staged\n"


def test_the_history_of_a_file_goes_through_its_renames(scratch):
    body = "".join(f"line {number}\n" for number in range(30))
    first = scratch.commit(old_yaml=body)
    scratch.commit(other_yaml="x")
    scratch.git("mv", "old.yaml", "new.yaml")
    renamed = scratch.commit()
    changed = scratch.commit(new_yaml=body + "more\n")
    repository = Repository.around(str(scratch.root))
    found = repository.history("new.yaml")
    assert [(each.id, each.path) for each in found] == [
        (changed, "new.yaml"), (renamed, "new.yaml"), (first, "old.yaml"),
    ]  # fmt: skip
    assert found[0].date[:2] == "20"
    assert repository.show(found[-1].id, found[-1].path) == body.encode()
    assert repository.history("none.yaml") == []


def test_tags_lead_to_commits_whether_annotated_or_not(scratch):
    first = scratch.commit(a_yaml="one\n")
    scratch.git("tag", "branch-1.0.0")
    scratch.git("-c", "user.name=a", "-c", "user.email=a@b.c", "tag", "-a", "branch-1.1.0", "-m", "x")
    scratch.git("tag", "of-a-file", scratch.git("rev-parse", "HEAD:a.yaml"))
    assert Repository.around(str(scratch.root)).tags() == [("branch-1.0.0", first), ("branch-1.1.0", first)]


def test_paths_are_given_from_the_root_through_linked_folders(scratch, tmp_path, monkeypatch):
    scratch.commit(in__a_yaml="one\n")
    repository = Repository.around(str(scratch.root / "in" / "a.yaml"))
    assert repository.inside(str(scratch.root / "in" / "a.yaml")) == "in/a.yaml"
    (tmp_path / "link").symlink_to(scratch.root / "in")
    assert Repository.around(str(tmp_path / "link" / "a.yaml")).inside(str(tmp_path / "link" / "a.yaml")) == "in/a.yaml"
    monkeypatch.chdir(scratch.root / "in")
    assert Repository.around("a.yaml").inside("a.yaml") == "in/a.yaml"
    assert git.read(git.Named("HEAD", "./a.yaml")) == git.read(git.Named("HEAD", "in/a.yaml")) == b"one\n"
    assert "outside the repository" in said(lambda: repository.inside(str(tmp_path / "else.yaml")))


def test_a_link_in_the_repository_is_followed_and_one_out_of_it_is_not(scratch):
    scratch.root.joinpath("good.yaml").symlink_to("in/a.yaml")
    scratch.root.joinpath("bad.yaml").symlink_to("/etc/passwd")
    scratch.root.joinpath("gone.yaml").symlink_to("none.yaml")
    scratch.commit(in__a_yaml="one\n")
    names = [("HEAD", name) for name in ("good.yaml", "bad.yaml", "gone.yaml", "in", "good.yaml")]
    assert list(Repository.around(str(scratch.root)).contents(names)) == [b"one\n", None, None, None, b"one\n"]


@pytest.mark.parametrize("revision", ["-n1", "--output=x", "--help"])
def test_a_revision_is_never_an_option(scratch, revision):
    scratch.commit(a_yaml="one\n")
    repository = Repository.around(str(scratch.root))
    assert "not the name of a revision" in said(lambda: repository.commit(revision))
    assert "not the name of a revision" in said(lambda: repository.show(revision, "a.yaml"))
    assert list(scratch.root.glob("x*")) == []


def test_line_ends_and_globs_in_names_name_only_themselves(scratch):
    scratch.commit(a_yaml="one\n")
    repository = Repository.around(str(scratch.root))
    assert repository.show("HEAD", "a.yaml\nHEAD:a.yaml") is None
    assert repository.history("*.yaml") == []
    assert repository.history(":(top)a.yaml") == []


def test_what_git_cannot_answer_is_said(scratch, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    assert "not in a git working tree" in said(lambda: Repository.around(str(outside)))
    assert "git" in said(lambda: Repository.around(str(tmp_path / "missing" / "a.yaml")))
    repository = Repository.around(str(scratch.root))
    assert "no revision “HEAD”" in said(lambda: repository.commit("HEAD"))
    scratch.commit(a_yaml="one\n")
    assert "no revision “v9”" in said(lambda: git.read(git.Named("v9", "a.yaml"), str(scratch.root)))
    assert "no file “b.yaml” in HEAD" in said(lambda: git.read(git.Named("HEAD", "b.yaml"), str(scratch.root)))
    assert "larger than" in said(lambda: repository.show("HEAD", "a.yaml", limit=2))


def test_without_git_that_is_said(scratch, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in said(lambda: Repository.around(str(scratch.root)))


def test_a_git_that_hangs_is_given_up(scratch, monkeypatch, tmp_path):
    scratch.commit(a_yaml="one\n")
    repository = Repository.around(str(scratch.root))
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\nexec sleep 60\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_command, "PATIENCE", 0.3)
    start = time.monotonic()
    assert "too long" in said(lambda: repository.commit("HEAD"))
    assert "stopped before" in said(lambda: repository.show("HEAD", "a.yaml"))
    assert time.monotonic() - start < 20


def test_a_repository_s_configuration_runs_nothing(scratch, tmp_path):
    scratch.commit(a_yaml="one\n")
    scratch.commit(a_yaml="two\n")
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f'#!/bin/sh\ntouch {trap}\ncat "$1"\n')
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "gpg.program", "core.sshCommand"):
        scratch.git("config", name, str(script))
    scratch.git("config", "log.showSignature", "true")
    (scratch.root / ".git" / "info" / "attributes").write_text("*.yaml diff=x\n")
    repository = Repository.around(str(scratch.root))
    assert repository.show("HEAD", "a.yaml") == b"two\n"
    assert len(repository.history("a.yaml")) == 2
    assert repository.tags() == []
    assert not trap.exists()


def test_what_a_hook_sets_for_git_does_not_mislead(scratch, tmp_path, monkeypatch):
    scratch.commit(a_yaml="one\n")
    other = Scratch(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert Repository.around(str(scratch.root)).show("HEAD", "a.yaml") == b"one\n"


@pytest.mark.parametrize("name", ["a.yaml", "folder/a.yaml", "HEAD:", "-"])
def test_a_file_s_name_is_no_revision(name):
    assert git.named(name) is None


def test_a_name_with_a_colon_is_a_file_where_there_is_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert git.named("HEAD:a.yaml") == ("HEAD", "a.yaml")
    (tmp_path / "HEAD:a.yaml").write_text("one\n")
    assert git.named("HEAD:a.yaml") is None
