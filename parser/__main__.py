"""``python -m parser``: the command line without the window."""

import sys

from parser.cli import main

if __name__ == "__main__":
    sys.exit(main())
