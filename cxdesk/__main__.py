"""`cxdesk` and `python -m cxdesk` are the command line.

It is loaded inside the function: every process beside the window loads this module again.
"""


def main() -> None:
    from cxdesk.cli import main as run

    run()


if __name__ == "__main__":
    main()
