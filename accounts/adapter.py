"""How sign-in differs from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the administrator: nobody registers themselves."""

    def is_open_for_signup(self, request) -> bool:
        return False
