"""A summary while it is composed, its edited texts, its published issues, the files made of them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from periods.models import ReportingPeriod


class SummaryKind(models.TextChoices):
    QUARTER = "quarter", _("quarterly")
    SIX_MONTHS = "6-months", _("6 months")
    NINE_MONTHS = "9-months", _("9 months")
    TWELVE_MONTHS = "12-months", _("12 months")
    ADHOC = "adhoc", _("ad hoc")


#: The quarter whose end is the end of the months that a kind covers.
LAST_QUARTER = {
    SummaryKind.SIX_MONTHS: 2,
    SummaryKind.NINE_MONTHS: 3,
    SummaryKind.TWELVE_MONTHS: 4,
}


class SummaryState(models.TextChoices):
    COMPOSING = "composing", _("being composed")
    WAITING = "waiting", _("waits for publication")
    PUBLISHED = "published", _("published")


def slug_of(kind: str, period: ReportingPeriod, on: dt.date | None = None) -> str:
    """2023-q2, 2023-6-months, 2023-09-20-dot-xuat."""
    if kind == SummaryKind.ADHOC:
        return f"{on:%Y-%m-%d}-dot-xuat"
    return period.slug if kind == SummaryKind.QUARTER else f"{period.year}-{kind}"


class SummaryQuerySet(models.QuerySet["SummaryReport"]):
    def waiting(self) -> SummaryQuerySet:
        return self.filter(state=SummaryState.WAITING)

    def published(self) -> SummaryQuerySet:
        """With at least one issue, whatever is being done to the next."""
        return self.filter(issues__isnull=False).distinct()


class SummaryReport(models.Model):
    """One paper of the line: quarterly, 6, 9 or 12 months, or ad hoc for a date.

    Its figures are those of ``period``, the last quarter that it covers. A correction opens the
    same summary again (``correction_reason``) and ends in a further issue.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=SummaryKind.choices)
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="summaries", verbose_name=_("quarter")
    )
    on = models.DateField(_("on the day"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=24, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SummaryState.choices, default=SummaryState.COMPOSING
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("started at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed over by"),
    )
    returned_reason = models.TextField(_("why the leader gave it back"), blank=True)
    correction_reason = models.TextField(_("reason for the correction"), blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ["-period__year", "-period__quarter", "kind", "-on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="adhoc", on__isnull=False) | ~Q(kind="adhoc") & Q(on__isnull=True),
                name="summary_day_only_ad_hoc",
                violation_error_message=_("An ad hoc summary needs its day; others have none."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="waiting", handed_over_at__isnull=False, handed_over_by__isnull=False
                )
                | ~Q(state="waiting") & Q(handed_over_at__isnull=True, handed_over_by__isnull=True),
                name="summary_handed_over_by_somebody",
                violation_error_message=_(
                    "A summary that waits for publication needs who handed it over and when."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(correction_reason="", returned_reason=""),
                name="summary_published_is_settled",
                violation_error_message=_("A published summary is not being corrected."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args, **kwargs) -> None:
        self.slug = slug_of(self.kind, self.period, self.on)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reports:summary", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        return self.state != SummaryState.PUBLISHED


class SummarySection(models.Model):
    """The text of one section where somebody has edited it; without a row it is the generated one.

    ``quoted`` are the figures that the text was written from, by their key in the snapshot: when
    one of them is another today, the page says so. ``version`` is that of the summary when the text
    was stored: rising only, it comes back neither with a text deleted nor with one typed anew.
    """

    summary = models.ForeignKey(
        SummaryReport, models.CASCADE, related_name="sections", verbose_name=_("summary report")
    )
    key = models.CharField(_("section"), max_length=40)
    text = models.TextField(_("text"), blank=True)
    quoted = models.JSONField(_("quoted figures"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    edited_at = models.DateTimeField(_("edited at"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("edited by")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["summary", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "key"],
                name="summary_section_once",
                violation_error_message=_("This section has been edited already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary_id}: {self.key}"


class FrozenIssue(Exception):
    """A published issue is never written again and never deleted."""


class SummaryIssue(models.Model):
    """What was published: the whole paper as data, from which its files are made, for ever.

    ``edition`` counts the issues of one summary, ``serial`` the papers of a year (Số: 05/BC-UBND).
    """

    summary = models.ForeignKey(
        SummaryReport, models.PROTECT, related_name="issues", verbose_name=_("summary report")
    )
    edition = models.PositiveSmallIntegerField(_("issue"))
    year = models.PositiveSmallIntegerField(_("year of publication"))
    serial = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=20, unique=True)
    snapshot = models.JSONField(_("snapshot"))
    snapshot_sha256 = models.CharField(_("SHA-256 of the snapshot"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    reason = models.TextField(_("reason for the correction"), blank=True)
    differences = models.JSONField(_("what differs from the issue before"), default=list)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["summary", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "edition"],
                name="issue_once_a_summary",
                violation_error_message=_("This issue has been published already."),
            ),
            models.UniqueConstraint(
                fields=["year", "serial"],
                name="issue_number_once_a_year",
                violation_error_message=_("This number has been given to another paper this year."),
            ),
            models.CheckConstraint(
                condition=Q(edition__gte=1, serial__gte=1),
                name="issue_counts_from_one",
                violation_error_message=_("Issues and numbers count from 1."),
            ),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | Q(edition__gt=1) & ~Q(reason=""),
                name="issue_corrects_with_reason",
                violation_error_message=_("A correction needs its reason; a first issue has none."),
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(snapshot_sha256=""),
                name="issue_can_be_verified",
                violation_error_message=_("An issue needs its code and its checksum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary_id}: {self.edition}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise FrozenIssue
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise FrozenIssue


class PaperFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    BRIEF = "brief", _("one-page brief")


class FileState(models.TextChoices):
    PENDING = "pending", _("waits to be made")
    RUNNING = "running", _("is being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("could not be made")


def papers() -> Storage:
    """Private: nothing serves this storage but a view that asks who may."""
    return storages["papers"]


def paper_path(rendered: RenderedFile, filename: str) -> str:
    """``2023-q2/1/abcd.pdf`` for an issue, ``2023-q3/draft/abcd.pdf`` for a draft."""
    if rendered.issue_id:
        return f"{rendered.issue.summary.slug}/{rendered.issue.edition}/{filename}"
    return f"{rendered.summary.slug}/draft/{filename}"


class RenderedFile(models.Model):
    """One file of a published issue, or of a draft as it stood (``fingerprint``, ``draft``)."""

    issue = models.ForeignKey(
        SummaryIssue,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("issue"),
    )
    summary = models.ForeignKey(
        SummaryReport,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="draft_files",
        verbose_name=_("summary report"),
    )
    fingerprint = models.CharField(_("state of the draft"), max_length=64, blank=True)
    draft = models.JSONField(_("snapshot of the draft"), null=True, blank=True)
    format = models.CharField(_("format"), max_length=8, choices=PaperFormat.choices)
    state = models.CharField(
        _("state"), max_length=8, choices=FileState.choices, default=FileState.PENDING
    )
    file = models.FileField(
        _("file"), storage=papers, upload_to=paper_path, max_length=200, blank=True
    )
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    done_at = models.DateTimeField(_("ready at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["issue", "summary", "format"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    issue__isnull=False, summary__isnull=True, fingerprint="", draft__isnull=True
                )
                | Q(issue__isnull=True, summary__isnull=False, draft__isnull=False)
                & ~Q(fingerprint=""),
                name="file_of_issue_or_draft",
                violation_error_message=_("A file belongs to an issue, or to a draft as it stood."),
            ),
            models.UniqueConstraint(
                fields=["issue", "format"],
                condition=Q(issue__isnull=False),
                name="file_once_an_issue",
                violation_error_message=_("This file of the issue is there already."),
            ),
            models.UniqueConstraint(
                fields=["summary", "fingerprint", "format"],
                condition=Q(summary__isnull=False),
                name="file_once_a_draft",
                violation_error_message=_("This file of the draft is there already."),
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, size__gt=0, error="")
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="done") & Q(file="", sha256="", size=0, done_at__isnull=True),
                name="file_done_is_whole",
                violation_error_message=_("A finished file has its content and checksum."),
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(error="") | ~Q(state="failed") & Q(error=""),
                name="file_failed_says_why",
                violation_error_message=_("A file that could not be made says why."),
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(started_at__isnull=False, attempts__gte=1),
                name="file_running_was_started",
                violation_error_message=_("A file being made was started at some time."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("started_at")),
                name="file_done_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id or self.fingerprint}: {self.format}"

    @property
    def stored_snapshot(self) -> dict:
        """What the file is made from, and nothing else."""
        return self.issue.snapshot if self.issue_id else self.draft
