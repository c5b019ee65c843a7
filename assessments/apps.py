from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        from assessments.leaving import why_not_leave
        from communes.models import may_leave_programme

        if why_not_leave not in may_leave_programme:
            may_leave_programme.append(why_not_leave)
