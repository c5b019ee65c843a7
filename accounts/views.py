"""Sign-in: allauth's views with our forms."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import RedirectView

from accounts import forms
from accounts.demonstration import demonstration_accounts
from accounts.unsaved import has_unsaved

#: Where the address on every paper leads (DESIGN §4); this app knows nothing of papers.
VERIFICATION = "/reports/verify/"
#: Longest of the windows that allauth's limits count in, for the browser and for the person.
RETRY_AFTER_SECONDS = 60


class LoginView(allauth_views.LoginView):
    form_class = forms.LoginForm

    def get_initial(self) -> dict:
        """``?as=xa.ban-bo`` fills the username in, where the names are known to all anyway."""
        initial = super().get_initial()
        if settings.DEMO and "as" in self.request.GET:
            initial["login"] = self.request.GET["as"][:150]
        return initial

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            demonstration=demonstration_accounts(),
            unsaved=has_unsaved(self.request),
            proves_paper=_leads_to_a_paper(self.request),
            **kwargs,
        )


def _leads_to_a_paper(request: HttpRequest) -> bool:
    """Whether the person has scanned or followed the address that stands on a paper."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted.startswith(VERIFICATION)


class PasswordChangeView(allauth_views.PasswordChangeView):
    form_class = forms.ChangePasswordForm


class PasswordSetView(allauth_views.PasswordSetView):
    form_class = forms.SetPasswordForm


class PasswordResetView(allauth_views.PasswordResetView):
    form_class = forms.ResetPasswordForm


class PasswordResetFromKeyView(allauth_views.PasswordResetFromKeyView):
    form_class = forms.ResetPasswordKeyForm


class ReauthenticateView(allauth_views.ReauthenticateView):
    form_class = forms.ReauthenticateForm


class AccountHomeView(RedirectView):
    pattern_name = "account_change_password"


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429 (``handler429`` of the root urls): who asks too often is told when to come back."""
    response = render(request, "429.html", {"seconds": RETRY_AFTER_SECONDS}, status=429)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
