from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from assessments.models import NoticeKind
        from assessments.notice_texts import say_elsewhere
        from reports.system_checks import check_fonts
        from reports.written.telling import written_words

        register(check_fonts)
        say_elsewhere([NoticeKind.WRITTEN, NoticeKind.WRITTEN_DUE], written_words)
