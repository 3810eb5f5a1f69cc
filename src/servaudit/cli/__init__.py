"""The command line: one command per file, `app` brings them together, `show` is the only console."""
