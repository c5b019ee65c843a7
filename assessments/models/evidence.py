"""Files behind an indicator result, and what is said about it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models.facts import Channel, IndicatorResult


def evidence_storage() -> Storage:
    """Outside the web root, or S3-compatible: ``STORAGES["evidence"]``."""
    return storages["evidence"]


def generated_name(evidence: Evidence, filename: str) -> str:
    """A name that tells nothing and that nobody can guess; what the person called it is a column."""
    return f"{secrets.token_hex(2)}/{secrets.token_hex(24)}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """As the rows they stand behind: own commune, own indicators, or the district."""
        return self.filter(result__in=IndicatorResult.objects.visible_to(user).values("pk"))

    def standing(self) -> EvidenceQuerySet:
        return self.filter(removed_at__isnull=True)


class Evidence(models.Model):
    """A private file behind an indicator result. Removing keeps the row as its trace."""

    result = models.ForeignKey(
        IndicatorResult, models.PROTECT, related_name="evidence", verbose_name=_("row")
    )
    file = models.FileField(_("file"), storage=evidence_storage, upload_to=generated_name)
    preview = models.FileField(
        _("preview"), storage=evidence_storage, upload_to=generated_name, blank=True
    )
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    document_date = models.DateField(_("of"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("added at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    channel = models.CharField(_("through"), max_length=8, choices=Channel.choices)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("removed by"),
    )
    removal_reason = models.TextField(_("reason of the removal"), blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once_a_row",
                violation_error_message=_("This very file already stands behind this row."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="evidence_is_not_empty",
                violation_error_message=_("The file is empty."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removal_reason="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason=""),
                name="evidence_removed_by_somebody",
                violation_error_message=_("Removing evidence needs who, when and why."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(document_date__isnull=True)
                | Q(valid_until__gte=F("document_date")),
                name="evidence_valid_after_its_date",
                violation_error_message=_("A document cannot expire before its own date."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Of what is said about the document: another one wherever that is another."""
        said = f"{self.document_number}|{self.document_date}|{self.valid_until}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_until is None or self.valid_until >= day


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> CommentQuerySet:
        return self.filter(result__in=IndicatorResult.objects.visible_to(user).values("pk"))

    def update(self, **kwargs):
        raise TypeError("Comments are appended, never changed.")

    def delete(self):
        raise TypeError("Comments are appended, never deleted.")


class Comment(models.Model):
    """One contribution to the talk about a row, by anybody who may see it. Only ever appended."""

    result = models.ForeignKey(
        IndicatorResult, models.PROTECT, related_name="comments", verbose_name=_("row")
    )
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["result", "at"], name="comment_of_result")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_says_something",
                violation_error_message=_("Write something first."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
