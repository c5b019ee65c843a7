"""Pages of assessments: load what the person may see, read the form, act, answer."""

from assessments.views.chronicle import whole_history
from assessments.views.entry import entry
from assessments.views.evidence_rows import evidence
from assessments.views.extend import extend
from assessments.views.history import comment, row_history
from assessments.views.listing import assessment_list
from assessments.views.rows import rechecked, row, unchanged
from assessments.views.sending import submit, unchanged_all

__all__ = [
    "assessment_list",
    "comment",
    "entry",
    "evidence",
    "extend",
    "rechecked",
    "row",
    "row_history",
    "submit",
    "unchanged",
    "unchanged_all",
    "whole_history",
]
