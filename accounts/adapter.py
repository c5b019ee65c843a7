"""How sign-in differs from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
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
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """With the account it is about: after a reset by e-mail nobody is signed in to be named."""
        super().send_notification_mail(
            template_prefix, user, {"user": user} | (context or {}), email
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_work")
