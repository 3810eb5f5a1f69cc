"""What to say of a document that is named and is not to be found: other versions of it, like names, where to put it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Problem, did_you_mean, msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.diagnostics import Message
    from servaudit.library import Reference
    from servaudit.shelves import Candidate
    from servaudit.sources.past import Archive


NAMED: Final = {
    "standard": msg(
        "there is a standard of that name: a visit names it by “standard: …”, a checklist under “standards”"
    ),
    "checklist": msg("there is a checklist of that name: a visit names it by “checklist: …”"),
    "vocabulary": msg("there is a vocabulary of that name: a standard names it under “use”"),
}
"""How a document that was named as one of another kind is named."""


def not_found(
    kind: str, wanted: Reference, seen: list[Candidate], archive: Archive | None, reach: Iterable[Candidate] = ()
) -> Problem:
    """Say that no document of this kind is the one that is wanted; `seen` are those of the kind in `reach`."""
    others = [candidate for candidate in seen if candidate.head.id == wanted.id]
    if others:
        versions = ", ".join(dict.fromkeys(f"{each.head.version or '?'} ({each.name})" for each in others))
        remedy = (
            msg("found: {versions}; name the version that is meant, or bring that one back", versions=versions)
            if kind == "vocabulary"
            else msg("found: {versions}; a visit is scored with the version it was made with", versions=versions)
        )
        if archive is not None and archive.refused is not None:
            remedy = msg("found: {versions}; git's history could not be searched: {reason}", versions=versions,
                         reason=archive.refused)  # fmt: skip
        elif archive is not None and archive.cut:
            remedy = msg("found: {versions}; git's history was cut here, git fetch --unshallow brings the rest",
                         versions=versions)  # fmt: skip
        message = msg("“{id}” is not here in version {wanted}", id=wanted.id, wanted=wanted.versions)
        return Problem("version-mismatch", wanted.place, message, remedy)
    other = next((one.head.kind for one in reach if one.head.id == wanted.id), None)
    near = NAMED.get(other or "") or did_you_mean(wanted.id, {one.head.id for one in seen if one.head.id})
    if kind == "vocabulary":
        return _no_vocabulary(wanted, near)
    remedy = msg("put it beside the observation, in a folder “standards” there, or name one: --standards DIR")
    if kind == "checklist":
        message = msg("no checklist “{id}” was found", id=wanted.id)
        return Problem("checklist-not-found", wanted.place, message, near or remedy)
    return Problem(
        "standard-not-found", wanted.place, msg("no standard “{id}” was found", id=wanted.id), near or remedy
    )


def _no_vocabulary(wanted: Reference, near: Message | None) -> Problem:
    remedy = msg("put it beside the standard, in a folder “standards” there, or name one: --standards DIR")
    message = msg("no vocabulary “{id}” was found", id=wanted.id)
    return Problem("vocabulary-not-found", wanted.place, message, near or remedy)
