"""An issue's file as the worker leaves it."""

from django.core.files.base import ContentFile
from django.utils import timezone

from reports.models import FileState, PaperFormat, RenderedFile


def made(
    slug: str = "2023-q2", paper_format: str = PaperFormat.PDF, edition: int = 1
) -> RenderedFile:
    """The issue's file as the worker leaves it."""
    found = RenderedFile.objects.get(
        issue__summary__slug=slug, issue__edition=edition, format=paper_format
    )
    found.state, found.attempts = FileState.DONE, 1
    found.started_at = found.done_at = timezone.now()
    found.sha256, found.size = "ab" * 32, 9
    found.file.save("paper.pdf", ContentFile(b"the paper"), save=False)
    found.save()
    return found
