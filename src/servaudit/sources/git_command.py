"""Runs git: without network, hooks, filters or pager, in an environment that cannot point it elsewhere, for a while."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from servaudit.diagnostics import Message, msg, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0
"""Seconds that git may take to answer."""

_SAFE = (
    "--no-pager", "--no-replace-objects", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false",
    "-c", "log.showSignature=false", "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_KEPT = re.compile(r"GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|EXEC_PATH)")
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "",  # of a partial clone, nothing is fetched
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class GitError(Exception):
    """Git cannot answer; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class RefusedError(GitError):
    """Git ran and said no."""


def _command(folder: str, arguments: tuple[str, ...]) -> list[str]:
    git = shutil.which("git")
    if git is None or not os.path.isabs(git):  # noqa: PTH117 - one beside the user's files is not meant
        raise GitError(msg("git is not installed, or not on the PATH"))
    return [git, *_SAFE, "-C", folder or ".", *arguments]


def _environment() -> dict[str, str]:
    """Give git our environment without what would point it elsewhere or make it talk, ask or fetch."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)}
    return kept | _QUIET


def run(folder: str, *arguments: str) -> bytes:
    """Run git to its end and give what it printed."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours or checked
            _command(folder, arguments), env=_environment(), capture_output=True, stdin=subprocess.DEVNULL,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise GitError(msg("git took too long to answer")) from error
    except (OSError, ValueError) as error:
        raise GitError(msg("git cannot be run: {reason}", reason=reason(error))) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        if "not a git repository" in said:
            raise RefusedError(msg("{folder} is not in a git working tree", folder=folder))
        raise RefusedError(msg("git: {reason}", reason=said or str(done.returncode)))
    return done.stdout


@contextmanager
def started(folder: str, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Start git to talk with; it is ended when the block ends, or when it takes too long."""
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            _command(folder, arguments), env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise GitError(msg("git cannot be run: {reason}", reason=reason(error))) from error
    timer = threading.Timer(PATIENCE, process.kill)
    timer.daemon = True
    timer.start()
    try:
        if process.stdin is None or process.stdout is None:
            raise GitError(msg("git cannot be run: {reason}", reason="no pipe"))
        yield process.stdin, process.stdout
    except BrokenPipeError as error:
        raise GitError(msg("git stopped before it had answered")) from error
    finally:
        timer.cancel()
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)
        process.wait()


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):
        stream.close()
