"""What the log keeps of a request that was refused: one line, for it is no fault of the portal."""

from __future__ import annotations

import logging


class RefusalInOneLine(logging.Filter):
    """Django logs whoever lacks a permission with a traceback of our own refusal; only 5xx need one."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
