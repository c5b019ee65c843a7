"""The accounts that anybody may try, shown on the sign-in page in demonstration mode only."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import Role, User

#: Open to all, because it protects only invented figures (DESIGN §5).
PASSWORD = "nongthonmoi"  # noqa: S105
#: The accounts of DESIGN §5; those of the communes are ``xa.<unit>``.
COMMUNE_PREFIX = "xa."
DISTRICT_USERNAMES = (
    "phong.nong-nghiep",
    "phong.kinh-te-ha-tang",
    "phong.tai-chinh",
    "phong.lao-dong",
    "phong.tai-nguyen",
    "phong.giao-duc",
    "phong.van-hoa",
    "phong.noi-vu",
    "phong.tu-phap",
    "trung-tam-y-te",
    "cong-an",
    "quan-su",
    "mttq",
    "hoi-nong-dan",
    "hoi-phu-nu",
    "doan-thanh-nien",
    "lanhdao",
    "quantri",
)


@dataclass(frozen=True, slots=True)
class DemonstrationGroup:
    """A role and its accounts, each a username and the body it acts for."""

    role: str
    accounts: tuple[tuple[str, str], ...]


def demonstration_accounts() -> list[DemonstrationGroup]:
    """Grouped by role, in the order of ``Role``; empty outside demonstration mode."""
    if not settings.DEMO:
        return []
    people = User.objects.filter(is_active=True).select_related("unit", "agency")
    known = [
        user
        for user in people.order_by("username")
        if user.username in DISTRICT_USERNAMES or user.username.startswith(COMMUNE_PREFIX)
    ]
    groups = (
        DemonstrationGroup(
            role.label,
            tuple((user.username, user.duty) for user in known if user.role == role),
        )
        for role in Role
    )
    return [group for group in groups if group.accounts]
