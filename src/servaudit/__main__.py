"""The entry point: answers `--version` at once, and turns what escapes every command into an exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run servaudit."""
    if sys.argv[1:] == ["--version"]:
        from servaudit import __version__  # noqa: PLC0415 - nothing else is needed for this

        sys.stdout.write(f"servaudit {__version__}\n")
        return
    try:
        from servaudit.cli.app import main as run  # noqa: PLC0415 - its imports may be interrupted, too

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is reported, not shown as a traceback
        from servaudit.cli.app import bug_report  # noqa: PLC0415 - only now

        sys.stderr.write(bug_report(error))
        sys.exit(70)


if __name__ == "__main__":
    main()
