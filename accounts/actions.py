"""What is done to accounts."""

from allauth.account.models import EmailAddress

from accounts.models import User


def forget_old_addresses(user: User) -> None:
    """Drop the addresses that allauth noted beside the account's own.

    It would still send a link for a new password to an address that the account had once: whoever
    reads that mailbox today could take the account over.
    """
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
