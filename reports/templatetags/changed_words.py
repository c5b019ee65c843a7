"""``one|changed_words``: the two wordings of a change with the words that differ marked."""

from __future__ import annotations

from django import template

from reports.paper_words import full_stop
from reports.snapshot import Change
from reports.word_diff import Piece, pieces

register = template.Library()
register.filter("full_stop", full_stop)


@register.filter
def changed_words(one: Change) -> list[Piece]:
    return pieces(one.before, one.after)
