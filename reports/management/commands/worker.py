"""``manage.py worker``: make the files of papers, one after the other, until told to stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time

from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from reports.making import LIMIT, recover
from reports.tasks import forget_runs_of

INTERVAL = 1.0
#: Between two looks for files that a worker elsewhere left unfinished.
LOOK_AROUND = 30.0
#: A worker that grew begins anew: whoever keeps it starts the next one.
MOST_TASKS = 200


class TookTooLong(Exception):
    pass


class FileWorker(Worker):
    """The queue's own worker, with a limit of time for each task and of tasks for itself."""

    done = 0

    def run_task(self, db_task_result) -> None:
        signal.signal(signal.SIGALRM, too_long)
        signal.alarm(int(LIMIT.total_seconds()) - 10)
        try:
            super().run_task(db_task_result)
        finally:
            signal.alarm(0)
            self.done += 1


def too_long(number: int, frame: object) -> None:
    raise TookTooLong("it took too long")


def my_name() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def is_dead(name: str) -> bool:
    """Of this machine and not running any more; one of another machine is never judged here.

    My own number belongs to somebody before me: a container's first process is always 1.
    """
    host, _colon, pid = name.rpartition(":")
    if host != socket.gethostname()[:40] or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Command(BaseCommand):
    help = "Makes the files of papers in the background, until it is told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--while-parent", action="store_true", help="end with the parent")
        parser.add_argument("--batch", action="store_true", help="do what waits, then end")

    def handle(self, *, while_parent: bool, batch: bool, **options) -> None:
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(logging.WARNING)
        parent = os.getppid()
        worker = FileWorker(
            queue_names=["default"],
            interval=INTERVAL,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=my_name(),
            excluded_queue_names=[],
        )
        recover(forget_runs_of(is_dead))
        if batch:
            worker.run()
            return
        worker.configure_signals()
        looked = time.monotonic()
        while worker.running and worker.done < MOST_TASKS:
            worker.run()
            if while_parent and os.getppid() != parent:
                return
            if time.monotonic() - looked > LOOK_AROUND:
                recover()
                looked = time.monotonic()
            time.sleep(INTERVAL)
