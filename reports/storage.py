"""Where the files of papers lie: each one is whole or is not there."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"


class WholeFileStorage(FileSystemStorage):
    """Writes beside the final name and moves: killed in between, only a ``.part`` stays behind."""

    def _save(self, name: str, content: File) -> str:
        written = Path(self.path(super()._save(f"{name}{UNFINISHED}", content)))
        with written.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(written, self.path(name))
        return name

    def remove_unfinished(self, older_than: float) -> int:
        """What killed workers left behind; ``older_than`` is a moment as ``time.time`` gives it."""
        left = [
            path
            for path in Path(self.location).rglob(f"*{UNFINISHED}*")
            if path.is_file() and path.stat().st_mtime < older_than
        ]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)
