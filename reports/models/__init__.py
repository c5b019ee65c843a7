"""Papers: summaries, their texts, their published issues and the files made of those."""

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

__all__ = [
    "FileState",
    "FrozenIssue",
    "PaperFormat",
    "RenderedFile",
    "SummaryIssue",
    "SummaryKind",
    "SummaryReport",
    "SummarySection",
    "SummaryState",
]
