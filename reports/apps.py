from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from reports.system_checks import check_fonts

        register(check_fonts)
