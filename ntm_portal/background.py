"""The library of background work under a name that its readers know."""

from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class BackgroundConfig(TasksAppConfig):
    default = False
    verbose_name = _("Background work")
