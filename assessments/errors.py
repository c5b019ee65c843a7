"""How an action refuses: each exception carries what its answer needs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.models import Assessment, Evidence, IndicatorResult
from assessments.wording import comment_lock_text, lock_text, quarter_lock_text
from assessments.workflow import Act, Lock
from assignments.verifiers import Verifier
from periods.models import ReportingPeriod
from periods.workflow import QuarterLock


class Refused(Exception):
    """The state or the person's role does not allow it; ``str`` is the sentence to show."""

    def __init__(
        self,
        lock: Lock,
        assessment: Assessment,
        act: Act = Act.ENTER,
        verifier: Verifier | None = None,
    ) -> None:
        self.lock = lock
        self.assessment = assessment
        super().__init__(lock_text(lock, assessment, act, verifier))


class CommentRefused(Exception):
    """Nothing can be written into this row's thread now; ``str`` is the sentence to show."""

    def __init__(self, lock: Lock, assessment: Assessment) -> None:
        self.lock = lock
        self.assessment = assessment
        super().__init__(comment_lock_text(lock, assessment))


class QuarterRefused(Exception):
    """The quarter's state or the person's role does not allow it; ``str`` is the sentence."""

    def __init__(self, reason: QuarterLock, period: ReportingPeriod) -> None:
        self.lock = reason
        self.period = period
        super().__init__(quarter_lock_text(reason, period))


class StaleVersion(Exception):
    """Somebody changed the row since it was shown; ``result`` and ``values`` are as stored now."""

    def __init__(self, result: IndicatorResult, values: dict) -> None:
        self.result = result
        self.values = values
        super().__init__(f"version {result.version} is newer")


class StaleDescription(Exception):
    """Somebody said something else of the file since it was read; ``evidence`` is as stored now."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        super().__init__(
            _("Not stored: somebody changed what is said of this file since you read it.")
        )


class InvalidRow(Exception):
    """What was typed cannot be stored: field name -> sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("; ".join(errors.values()))


class Incomplete(Exception):
    """The assessment cannot be sent yet: what is still missing, as findings."""

    def __init__(self, findings: list) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.sentence for finding in findings))


class Changed(Exception):
    """The figures changed between the confirmation and the press of the button."""


class NotAccepted(Exception):
    """A file that is not kept; ``str`` is the sentence for the person who sent it."""


class StorageUnreachable(NotAccepted):
    """The place where files are kept is full, not writable, or does not answer."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The place where files are kept cannot be reached just now, so this was not stored. Try again in a few minutes; if it lasts, tell the administrator."
            )
        )
