"""The words of the form's interface, by the names its script knows them by; {named} fields are filled by the script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator

_LANGUAGES: Final = {"fr": "Français", "en": "English"}
_WORDS: Final[Mapping[str, Message]] = {
    # Visits
    "visits": msg("Visits"),
    "new_visit": msg("New visit"),
    "no_visits": msg("No visit on this device yet."),
    "no_site": msg("Site to be given"),
    "go_on": msg("Carry on"),
    "export_short": msg("Export"),
    "remove": msg("Remove"),
    "removed": msg("The visit was removed."),
    "remove_sure": msg("Remove the visit “{name}” from this device, with its photos? What was not exported is lost."),
    "row_open": msg("Draft, {done} of {all} answered"),
    "row_finished": msg("Finished, {done} of {all} answered"),
    "other_edition": msg("Begun with another edition of this form."),
    "take_up": msg("Open a visit from a file"),
    "take_up_refused": msg("This file is not a visit made with this form."),
    "take_up_sure": msg("The visit “{name}” is already on this device. Replace it by the one in the file?"),
    "take_up_lost": msg("Opened from the file. Answers that have no place in this form: {count}."),
    "taken_up": msg("Opened from the file."),
    "replace": msg("Replace"),
    "kept_here": msg("Visits stay in this browser, on this device. Export them to carry on elsewhere."),
    "no_storage": msg(
        "This browser keeps nothing for this page: what you enter is lost when you close it. Export the visit before "
        "you leave, or open the form in another browser or outside a private window."
    ),
    "no_photos": msg("This browser does not keep photos for this page: export the visit before you close it."),
    "scenario": msg("Scenario"),
    "theme_system": msg("Colours: system"),
    "theme_light": msg("Colours: light"),
    "theme_dark": msg("Colours: dark"),
    "theme_sun": msg("Colours: full sun"),
    # One visit
    "the_visit": msg("The visit"),
    "to_finish": msg("Finish"),
    "steps": msg("Steps"),
    "step_of": msg("{number} of {all}"),
    "contents": msg("Contents"),
    "previous": msg("Back"),
    "next": msg("Next"),
    "close": msg("Close"),
    "cancel": msg("Cancel"),
    "still": msg("to do: {count}"),
    "all_done": msg("complete"),
    "progress": msg("Answers given"),
    "progress_of": msg("Answers given: {label}"),
    "announced": msg("{done} of {all} answered. Score: {score}"),
    "required": msg("Required"),
    "required_tag": msg("required"),
    "choose": msg("Choose…"),
    "now": msg("Now"),
    # One criterion
    "na": msg("N/A"),
    "guide": msg("How to judge"),
    "good_example": msg("A good example: "),
    "bad_example": msg("A bad example: "),
    "severity_major": msg("Major"),
    "severity_critical": msg("Critical"),
    "note": msg("Note"),
    "note_of": msg("Note: {label}"),
    "clear": msg("Clear"),
    "clear_of": msg("Clear the answer: {label}"),
    "tally_add": msg("{label}: {count}, add one"),
    "tally_take": msg("{label}: {count}, take one back"),
    "measure_add": msg("Another measure"),
    "measure_label": msg("{label} Measure {number}"),
    "measure_remove": msg("Remove measure {number}"),
    "watch_start": msg("Time it"),
    "watch_stop": msg("Stop"),
    "photo_take": msg("Photo"),
    "photo_choose": msg("Gallery"),
    "photo_number": msg("Photo {number}"),
    "photo_remove": msg("Remove photo {number}"),
    "photo_shrinking": msg("The photo is being prepared…"),
    "photo_refused": msg("This file is not a photo that this browser can read."),
    "instance": msg("{title} {number}"),
    "instance_add": msg("Add: {title}"),
    "instance_sure": msg("Remove “{title} {number}” with its answers?"),
    "wanted_note": msg("A note is required here."),
    "wanted_photo": msg("A photo is required here."),
    "wanted_any": msg("A note or a photo is required here."),
    "answer_required": msg("An answer is required."),
    "bad_number": msg("Write a number, for example 4.5."),
    "bad_duration": msg("Write a time, for example 4 min 30 s, or a number of {unit}."),
    "bad_range": msg("Write a number between {low} and {high}."),
    "bad_link": msg("Write a web address; it begins with https://"),
    # The end
    "score": msg("Score"),
    "score_provisional": msg("Score so far"),
    "on_import": msg("Scored on import"),
    "on_import_short": msg("scored on import"),
    "on_import_help": msg("This standard needs more than this page computes. servaudit gives the score from the file."),
    "points": msg("{points} points"),
    "points_of": msg("{points} of {maximum} points"),
    "answered": msg("{done} of {all} answered"),
    "verdict_passed": msg("Passed"),
    "verdict_below": msg("Below the pass mark"),
    "verdict_limited": msg("Failed on a rule"),
    "verdict_incomplete": msg("Incomplete"),
    "verdict_forbidden": msg("Not valid"),
    "verdict_no_score": msg("No score"),
    "verdict_scored": msg("Scored"),
    "to_mend": msg("To mend before you finish"),
    "unanswered": msg("Without an answer: {count}"),
    "complete": msg("Nothing is missing."),
    "general_note": msg("General remark on the visit"),
    "bravos": msg("Bravo!"),
    "bravos_help": msg("What was well done deserves to be said, too."),
    "bravo_add": msg("Add a bravo"),
    "bravo_number": msg("Bravo {number}"),
    "bravo_note": msg("What was well done"),
    "bravo_team": msg("Team"),
    "bravo_criterion": msg("Criterion"),
    "bravo_any": msg("None in particular"),
    "finish": msg("Finish and download"),
    "finish_help": msg(
        "The file holds your answers and photos. Hand it to whoever scores the visits; the draft stays on this device."
    ),
    "export_draft": msg("Export the draft"),
    "draft_file": msg("draft"),
    "refused": msg("Not finished yet. Points to mend: {count}."),
    "finished": msg("The file {file} was downloaded."),
}


def interface(tr: Translator) -> dict[str, str]:
    """Say every word in one language; the name of the language goes with them."""
    said = {name: tr.t(word.template, **_kept(word.template)) for name, word in _WORDS.items()}
    return {"language": _LANGUAGES[tr.language], **said}


def _kept(template: str) -> dict[str, str]:
    """Fill each field with itself, since the script fills it."""
    names = (part.partition("}")[0] for part in template.split("{")[1:])
    return {name: f"{{{name}}}" for name in names}
