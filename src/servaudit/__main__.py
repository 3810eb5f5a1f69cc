"""The entry point: answers `--version` at once, and turns what escapes every command into an exit code."""

from __future__ import annotations

import gc
import sys

from servaudit import __version__
from servaudit.cli import streams

MADE = 500_000
"""Objects made between two collections of garbage: more than 1,000 visits and their workbook leave, since hardly any of
what scoring and rendering make is garbage. Python's 700 cost 5 % of one visit, and 100,000 as much of that workbook."""


def main() -> None:
    """Run servaudit. Ends with SystemExit."""
    gc.set_threshold(MADE)
    streams.complete()
    code = _run()
    unwritten = streams.finish()
    if unwritten is not None and code not in (70, 74, 130):
        from servaudit.cli.app import say_unwritten  # noqa: PLC0415 - only now

        say_unwritten(unwritten)
        streams.finish()
        code = 74
    gc.freeze()  # all that is left goes with the process: to look for garbage in it would be a tenth of a short run
    sys.exit(code)


def _run() -> int:
    try:
        if sys.argv[1:] == ["--version"]:
            sys.stdout.write(f"servaudit {__version__}\n")
            return 0
        from servaudit.cli.app import main as run  # noqa: PLC0415 - its imports may be interrupted, too

        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is reported, not shown as a traceback
        from servaudit.cli.app import last_words  # noqa: PLC0415 - only now

        return last_words(error)
    return 0


if __name__ == "__main__":
    main()
