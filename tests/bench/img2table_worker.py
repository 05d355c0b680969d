"""Runs in an environment of its own, which has img2table and none of our code.

python img2table_worker.py FOLDER       prints for each FOLDER/<name>/*.png the rows of all tables found, as JSON
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from img2table.document import Image
from img2table.ocr import RapidOCR
from rapidocr import LangRec


def main() -> None:
    logging.disable(logging.INFO)
    ocr = RapidOCR({"Rec.lang_type": LangRec.CH, "Global.log_level": "critical"})
    found: dict[str, list[list[str]]] = {}
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        rows = found.setdefault(folder.name, [])
        for picture in sorted(folder.glob("*.png")):
            for table in Image(str(picture)).extract_tables(ocr=ocr):
                rows += [[cell.value or "" for cell in row] for row in table.content.values()]
    sys.stdout.write("\n" + json.dumps(found))


if __name__ == "__main__":
    main()
