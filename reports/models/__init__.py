"""Papers: summaries, their texts, their published issues and the files made of those."""

from reports.models.discards import AppendedTrace, DiscardedSummary
from reports.models.given_up import GivenUpCorrection
from reports.models.summaries import (
    FileState,
    FrozenIssue,
    PaperFormat,
    RenderedFile,
    SummaryIssue,
    SummaryKind,
    SummaryReport,
    SummarySection,
    SummaryState,
)
from reports.models.written import (
    ARRIVED,
    Part,
    PeriodicReport,
    PeriodicReportQuerySet,
    ReportPart,
    WrittenEvent,
    WrittenEventKind,
    WrittenState,
)

__all__ = [
    "ARRIVED",
    "AppendedTrace",
    "DiscardedSummary",
    "FileState",
    "FrozenIssue",
    "GivenUpCorrection",
    "PaperFormat",
    "Part",
    "PeriodicReport",
    "PeriodicReportQuerySet",
    "RenderedFile",
    "ReportPart",
    "SummaryIssue",
    "SummaryKind",
    "SummaryReport",
    "SummarySection",
    "SummaryState",
    "WrittenEvent",
    "WrittenEventKind",
    "WrittenState",
]
