"""How sign-in differs from allauth's defaults."""

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the administrator: nobody registers themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The username or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, or set a new password by e-mail."
        ),
        "too_many_from_this_network": _(
            "There were too many wrong sign-ins from this network, which others may share. Wait a "
            "minute, then try again."
        ),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """An office shares one address: whoever meets the others' limit is told that it is that."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            if self._account_must_wait(request, **credentials):
                raise
            raise self.validation_error("too_many_from_this_network") from refused

    def _account_must_wait(self, request: HttpRequest, **credentials) -> bool:
        rates = app_settings.RATE_LIMITS["login_failed"].split(",")
        of_account = ",".join(rate for rate in rates if rate.strip().endswith("/key"))
        return not ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": of_account},
            key=self._get_login_attempts_cache_key(request, **credentials),
            dry_run=True,
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """With the account it is about: after a reset by e-mail nobody is signed in to be named."""
        super().send_notification_mail(
            template_prefix, user, {"user": user} | (context or {}), email
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_work")
