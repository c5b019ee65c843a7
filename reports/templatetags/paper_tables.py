"""``{% blank_indicators snapshot as found %}``: the table of the annex, for the page of a paper."""

from __future__ import annotations

from django import template

from reports.blanks import blank
from reports.plain_tables import Table
from reports.snapshot import Snapshot

register = template.Library()


@register.simple_tag
def blank_indicators(snapshot: Snapshot) -> Table:
    return blank(snapshot)
