"""``manage.py load_reference``: units, agencies, criteria sets and duties from ``fixtures/``."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assignments.reference import load_assignments
from communes.fixtures import FixtureError, read_fixture
from communes.reference import load_agencies, load_recognitions, load_targets, load_units
from communes.upsert import Tally
from criteria.reference import load_set
from periods.clock import today

SETS = ("ntm.json", "ntm-nang-cao.json", "huyen-ntm.json")


@transaction.atomic
def load_all(*, folder: Path) -> Tally:
    """Every fixture, whole or not at all. A second run writes nothing."""
    tally = load_units(fixture=read_fixture(folder / "units.json"))
    tally += load_agencies(fixture=read_fixture(folder / "agencies.json"))
    tally += load_recognitions(fixture=read_fixture(folder / "recognitions.json"))
    tally += load_targets(fixture=read_fixture(folder / "targets.json"))
    for name in SETS:
        tally += load_set(fixture=read_fixture(folder / name), today=today())
    tally += load_assignments(fixture=read_fixture(folder / "assignments.json"))
    return tally


class Command(BaseCommand):
    help = "Loads units, agencies, criteria sets and duties from fixtures/; may be run again."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="The folder that holds the fixtures.",
        )

    def handle(self, *, folder: Path, **options) -> None:
        try:
            tally = load_all(folder=folder)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"Reference data: {tally}.")
