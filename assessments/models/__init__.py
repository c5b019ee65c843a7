"""Facts, events, evidence and notices: one import for all of them."""

from assessments.models.events import (
    OTHER_VERDICT,
    VERDICT_TAKEN_BACK,
    Event,
    EventKind,
    EventQuerySet,
    FrozenQuarter,
    QuarterEvent,
    QuarterEventKind,
)
from assessments.models.evidence import Comment, CommentQuerySet, Evidence, EvidenceQuerySet
from assessments.models.facts import (
    HANDED_IN,
    Assessment,
    AssessmentQuerySet,
    AssessmentState,
    Basis,
    Channel,
    IndicatorResult,
    MeasureValue,
    ResultQuerySet,
    Review,
    Verdict,
    sets_of_agency,
)
from assessments.models.notices import Notice, NoticeChoice, NoticeKind, NoticeQuerySet

__all__ = [
    "HANDED_IN",
    "OTHER_VERDICT",
    "VERDICT_TAKEN_BACK",
    "Assessment",
    "AssessmentQuerySet",
    "AssessmentState",
    "Basis",
    "Channel",
    "Comment",
    "CommentQuerySet",
    "Event",
    "EventKind",
    "EventQuerySet",
    "Evidence",
    "EvidenceQuerySet",
    "FrozenQuarter",
    "IndicatorResult",
    "MeasureValue",
    "Notice",
    "NoticeChoice",
    "NoticeKind",
    "NoticeQuerySet",
    "QuarterEvent",
    "QuarterEventKind",
    "ResultQuerySet",
    "Review",
    "Verdict",
    "sets_of_agency",
]
