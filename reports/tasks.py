"""What the worker does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports import making


@task()
def make_file(pk: int) -> None:
    making.make(pk)


def _of_files():
    return DBTaskResult.objects.filter(task_path=make_file.module_path)


def _file(queued: DBTaskResult) -> int:
    return queued.args_kwargs["args"][0]


def queued_files() -> set[int]:
    """Files that the queue is going to make or is making."""
    return {_file(one) for one in _of_files().filter(status__in=["READY", "RUNNING"])}


def forget_runs_of(worker_is_dead) -> set[int]:
    """End the runs whose worker has died, by its name; gives the files they were making."""
    dead = [
        one
        for one in _of_files().filter(status=TaskResultStatus.RUNNING)
        if one.worker_ids and worker_is_dead(one.worker_ids[-1])
    ]
    DBTaskResult.objects.filter(pk__in=[one.pk for one in dead]).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        traceback="The worker ended before the task did.",
    )
    return {_file(one) for one in dead}
