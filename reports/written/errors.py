"""How an action on a written report refuses: each exception carries what its answer needs."""

from __future__ import annotations

from reports.models import PeriodicReport, ReportPart
from reports.written.wording import lock_text
from reports.written.workflow import Lock


class WrittenRefused(Exception):
    """The state or the person's role does not allow it; ``str`` is the sentence to show."""

    def __init__(self, lock: Lock, report: PeriodicReport | None = None) -> None:
        self.lock = lock
        super().__init__(lock_text(lock, report))


class InvalidParts(Exception):
    """What was typed cannot be stored: part -> sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("; ".join(errors.values()))


class StaleParts(Exception):
    """Somebody changed these parts since they were shown; as they are stored now."""

    def __init__(self, stored: dict[str, ReportPart]) -> None:
        self.stored = stored
        super().__init__(", ".join(stored))


class MissingParts(Exception):
    """The report cannot be sent yet: these parts are not answered."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        super().__init__(", ".join(parts))


class ChangedSince(Exception):
    """The report is no longer the one that the person decided about."""
