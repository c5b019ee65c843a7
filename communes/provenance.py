"""How sure a figure is, and where it was seen: carried beside every value taken from outside."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    VERIFIED = "verified", _("seen in a source")
    DERIVED = "derived", _("derived from a verified source")
    CONFIRMED = "confirmed", _("confirmed by the district")
    PROPOSAL = "proposal", _("proposal, not confirmed")
    MEMORY = "memory", _("not confirmed")
    APPROXIMATE = "approximate", _("approximate")
    DEMO = "demo", _("invented for demonstration")
    UNKNOWN = "unknown", _("unknown")


#: What may be stated without a mark of doubt.
CERTAIN = frozenset({Certainty.VERIFIED, Certainty.DERIVED, Certainty.CONFIRMED})


class Sourced(models.Model):
    """A row taken from a legal text or another source: it names that source and its certainty."""

    source = models.TextField(_("source"), blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=16, choices=Certainty.choices, default=Certainty.UNKNOWN
    )
    source_note = models.TextField(_("note on the source"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return self.certainty in CERTAIN
