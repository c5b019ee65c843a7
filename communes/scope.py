"""Who sees facts that the district shares: everybody who is signed in (DESIGN §1)."""

from __future__ import annotations

from django.db import models


class SharedQuerySet(models.QuerySet):
    def visible_to(self, user) -> SharedQuerySet:
        """All of them for a person who is signed in, none for anybody else.

        ``user`` is only asked ``is_authenticated``: accounts stand below this app.
        """
        return self if user.is_authenticated else self.none()
