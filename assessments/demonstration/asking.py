"""For which indicators the demonstration's standing office asks for evidence: ``asked.json``.

Decided when the third quarter opened, after the quarters before it had kept their definitions.
"""

from __future__ import annotations

from pathlib import Path

from accounts.models import User
from assessments.demonstration.story import moment
from communes.fixtures import read_fixture
from criteria.actions import bump_revision
from criteria.models import CriteriaSet, EvidenceDecision, Indicator


def add_asked(folder: Path, criteria_set: CriteriaSet, coordinator: User) -> int:
    """How many decisions were written; none where somebody has decided something already."""
    path = folder / "asked.json"
    if not path.exists() or EvidenceDecision.objects.exists():
        return 0
    told = read_fixture(path).data["asked"]
    indicators = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    by_code = {indicator.code: indicator for indicator in indicators}
    for entry in told:
        indicator = by_code[entry["indicator"]]
        indicator.requires_evidence = True
        indicator.save(update_fields=["requires_evidence"])
        EvidenceDecision.objects.create(
            indicator=indicator,
            required=True,
            reason=entry["reason"],
            at=moment(entry["at"]),
            by=coordinator,
        )
    if told:
        bump_revision(criteria_set)
    return len(told)
