"""Where the process begins, as `kg` and as `python -m kg`: an interrupt ends it quietly from the first import on."""

import sys

__all__ = ["main"]

_INTERRUPTED = 130  # what a shell reports for SIGINT


def main() -> None:
    """Run `kg` with the process's arguments, then exit.

    The command line is imported here: it takes a tenth of a second in which nothing else would hear Ctrl-C.
    """
    try:
        from kg.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("kg: error: interrupted.\n")
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
