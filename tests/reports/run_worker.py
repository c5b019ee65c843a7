"""``manage.py worker`` as its own process on the tests' database: TEST_DATABASE names it."""

import os
import sys

import tests.environment  # noqa: F401  (sets what the settings read)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm_portal.settings")

import django

if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from reports import making
    from tests.reports.waiting_files import slow_at_first

    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    making.render = slow_at_first
    call_command("worker", *sys.argv[1:])
