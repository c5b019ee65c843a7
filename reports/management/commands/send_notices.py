"""``manage.py send_notices``: reminders as rows, then the e-mail digest; docs/operations.md."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from assessments.mailing import send_digests
from assessments.reminding import remind
from periods.clock import today
from reports.written.telling import remind_written


class Command(BaseCommand):
    help = "Tells of due dates and mails what is new; may be run as often as one likes."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            default=0,
            metavar="SECONDS",
            help="Run again and again, with a pause of so many seconds (for a container).",
        )

    def handle(self, *, every: int, **options) -> None:
        while True:
            failed = self._once()
            if not every:
                if failed:
                    raise CommandError(f"{failed} letters could not be sent; the log says why.")
                return
            close_old_connections()
            time.sleep(every)

    def _once(self) -> int:
        reminders = remind(today()) + remind_written(today())
        done = send_digests()
        self.stdout.write(
            f"{reminders} reminders written; {done.letters} letters with {done.notices} notices "
            f"sent, {done.failed} failed."
        )
        return done.failed
