"""``manage.py draw_workflow``: the drawing in docs/workflow.md as the table of states gives it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.drawing import with_drawing


class Command(BaseCommand):
    help = "Draw the life of an assessment into docs/workflow.md."

    def handle(self, *args: object, **options: object) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        page.write_text(with_drawing(page.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{page.name} is drawn.")
