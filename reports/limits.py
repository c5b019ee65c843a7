"""How long a text of a report may be: one bound for the written reports and for a paper's sections.

A section takes in passages of many bodies, so the bound is twice the 20,000 characters that the
longest section known comes to; every renderer is tested at it.
"""

TEXT_LIMIT = 40_000
#: Why something was returned, given back or corrected.
REASON_LIMIT = 2_000
