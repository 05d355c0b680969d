"""Office files with other parts than they had."""

from __future__ import annotations

import io
import zipfile


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """Return the package with one part exchanged, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()
