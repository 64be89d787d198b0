"""`python -m cxdesk` is the command line."""

from cxdesk.cli import main

if __name__ == "__main__":
    main()
