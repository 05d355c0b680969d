"""Where the bundled program starts."""

from __future__ import annotations

import multiprocessing
import sys

from desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker of `extract --jobs` is this program once more
    sys.exit(main())
