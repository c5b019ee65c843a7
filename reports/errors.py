"""How an action on a summary refuses: each exception carries what its answer needs."""

from __future__ import annotations

from reports.models import SummarySection
from reports.wording import lock_text
from reports.workflow import Lock


class SummaryRefused(Exception):
    """The state or the person's role does not allow it; ``str`` is the sentence to show."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        super().__init__(lock_text(lock))


class InvalidSummary(Exception):
    """What was typed cannot be stored: field -> sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class StaleSection(Exception):
    """Somebody changed the section since it was shown; ``stored`` as it is now (None: reset)."""

    def __init__(self, stored: SummarySection | None) -> None:
        self.stored = stored
        super().__init__("stale")


class FiguresMoved(Exception):
    """The paper is not the one any more that the person has read."""


class DraftMoved(Exception):
    """The draft has been changed since the person was shown what would be lost."""
