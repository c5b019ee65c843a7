"""``manage.py load_demo``: invented accounts and figures, in demonstration mode only."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demonstration.errors import NotPossible
from assessments.demonstration.loading import Loaded, load_demonstration
from communes.fixtures import FixtureError
from reports.demonstration import load_written_reports
from reports.demonstration_summaries import load_summaries


class Command(BaseCommand):
    help = "Loads demonstration accounts and invented figures; may be run again."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "demo",
            help="The folder that holds the demonstration's files.",
        )

    def handle(self, *, folder: Path, **options) -> None:
        try:
            loaded = load_demonstration(folder=folder)
            written = load_written_reports(folder=folder)
            summaries = load_summaries(folder=folder)
        except (NotPossible, FixtureError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(sentence(loaded, written, summaries))


def sentence(loaded: Loaded, written: int, summaries: int) -> str:
    """What a run did, for the person who started it."""
    if loaded.assessments:
        return (
            f"Demonstration data, all invented: {loaded.accounts} accounts, "
            f"{loaded.assessments} assessments with {loaded.rows} rows, {loaded.events} events, "
            f"{written} written reports, {summaries} summaries, "
            f"{loaded.files} files of evidence."
        )
    if written or summaries:
        return (
            f"Demonstration data: {written} written reports and {summaries} summaries added; "
            "the rest was there already."
        )
    if loaded.accounts:
        return (
            f"Demonstration data: {loaded.accounts} accounts added; "
            "the quarters are there already and were left as they are."
        )
    return "Demonstration data: already there, nothing was changed."
