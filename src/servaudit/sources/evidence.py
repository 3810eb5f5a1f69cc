"""Evidence files: their SHA-256 and their bytes, from inside the observation's folder only."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO, NamedTuple

from servaudit.diagnostics import Message, msg, reason
from servaudit.model.observation import PHOTOS

LIMIT = 50 * 1024 * 1024
_CHUNK = 1024 * 1024


class Evidence(NamedTuple):
    """A file joined to an answer. `sha256` is None when it cannot be used: then `code` and `message` say why."""

    path: str
    sha256: str | None
    code: str | None = None
    message: Message | None = None
    help: Message | None = None


def hash_file(observation: str, path: str, limit: int = LIMIT) -> Evidence:
    """Hash the file at `path`, written relative to the folder of the observation's file.

    A path that is absolute, goes up or leads outside through a link is refused unread; `limit` is in bytes.
    """
    try:
        file = _inside(observation, path)
        if file is None:
            return _outside(path)
        if not file.is_file():
            place = msg("paths start from the observation's folder")
            return Evidence(path, None, "evidence-missing", msg("there is no file “{path}”", path=path), place)
        with file.open("rb") as stream:
            return _hashed(stream, path, limit)
    except (OSError, RuntimeError, ValueError) as error:
        message = msg("“{path}” cannot be read: {reason}", path=path, reason=reason(error))
        return Evidence(path, None, "evidence-unreadable", message)


def hash_carried(path: str, address: str, limit: int = LIMIT) -> Evidence:
    """Hash a photo that the observation carries itself as a `data:` address; `limit` is in bytes."""
    from servaudit.sources.carried import decoded  # noqa: PLC0415 - few observations carry photos

    content = decoded(address)
    if content is None:
        message = msg("the photo “{path}” is not written in base64", path=path)
        return Evidence(path, None, "evidence-unreadable", message)
    return _hashed(io.BytesIO(content), path, limit)


def read_photo(observation: str, path: str, limit: int = LIMIT) -> bytes | None:
    """Read the photo that is hashed: carried by the observation, or a file beside it; None where that is refused."""
    if not path.lower().endswith(PHOTOS):
        return None
    from servaudit.sources import carried  # noqa: PLC0415 - few observations have photos
    from servaudit.sources.photos import is_image  # noqa: PLC0415 - same

    address = carried.photos_in(observation).get(path)
    content = _beside(observation, path, limit) if address is None else carried.decoded(address)
    return content if content is not None and len(content) <= limit and is_image(content[:16]) else None


def _beside(observation: str, path: str, limit: int) -> bytes | None:
    try:
        file = _inside(observation, path)
        if file is None or not file.is_file():
            return None
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except (OSError, RuntimeError, ValueError):
        return None


def _inside(observation: str, path: str) -> Path | None:
    """Find a file beside the observation; None when its path leads outside. Raises what the file system raises."""
    windows = PureWindowsPath(path)
    if windows.drive or windows.root or PurePosixPath(path).is_absolute() or ".." in windows.parts or "\0" in path:
        return None
    folder = Path() if observation == "-" else Path(observation).parent
    file = folder / windows.as_posix()
    return file if file.resolve().is_relative_to(folder.resolve()) else None


def _hashed(stream: BinaryIO, path: str, limit: int) -> Evidence:
    """Hash a file piece by piece; a photo is kept whole meanwhile, to see whether it can be shown."""
    digest, size, kept = hashlib.sha256(), 0, bytearray()
    photo = path.lower().endswith(PHOTOS)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            too_large = msg("“{path}” is larger than {limit} MiB", path=path, limit=limit // (1024 * 1024))
            return Evidence(path, None, "evidence-unreadable", too_large)
        digest.update(chunk)
        if photo:
            kept += chunk
    if not photo:
        return Evidence(path, digest.hexdigest())
    from servaudit.sources.photos import fault  # noqa: PLC0415 - same

    message = fault(path, bytes(kept))
    return Evidence(path, digest.hexdigest(), "evidence-not-image" if message else None, message)


def _outside(path: str) -> Evidence:
    message = msg("“{path}” is not inside the observation's folder", path=path)
    return Evidence(path, None, "evidence-path", message, msg("put the file beside the observation, and name it there"))
