"""What is done to definitions."""

from __future__ import annotations

from django.db.models import F

from criteria.models import CriteriaSet


def bump_revision(criteria_set: CriteriaSet) -> int:
    """Raise the set's revision, in the transaction that changes one of its definitions.

    Every process keeps definitions by revision (``criteria.definitions``): after the change is
    committed all of them read anew. Returns the new revision.
    """
    CriteriaSet.objects.filter(pk=criteria_set.pk).update(revision=F("revision") + 1)
    criteria_set.refresh_from_db(fields=["revision"])
    return criteria_set.revision
