"""The leader's act: the paper is frozen, numbered, and its files are asked for.

One transaction that sees one moment: on PostgreSQL under REPEATABLE READ, so that a row verified
meanwhile is either wholly in the snapshot or wholly not; SQLite's writers are alone anyway. What
the leader has read is what is published: a paper that would say something else is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from periods.clock import now, today
from reports.building import build_snapshot
from reports.checks import contradictions
from reports.composing import held
from reports.correcting import corrects_nothing
from reports.differences import changes, sentences
from reports.errors import FiguresMoved, InvalidSummary, SummaryRefused
from reports.exact import checksum
from reports.models import SummaryIssue, SummaryReport, SummaryState
from reports.naming import signature_lines
from reports.numbering import next_number, refusal
from reports.paper_files import ask_for_files
from reports.snapshot import Publication, Replaced, Snapshot, from_json, to_json
from reports.verification import new_address
from reports.workflow import Act, Lock

#: Another paper took the number, or another writer came between: both pass when tried again.
TRIES = 4
#: Without letters and digits that are taken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def fingerprint(snapshot: Snapshot) -> str:
    """Of everything that the paper says: another number, another word, another fingerprint."""
    return checksum(to_json(snapshot))


def publish(
    *,
    by: User,
    summary: SummaryReport,
    seen: str,
    knowing: bool = False,
    number: int | None = None,
) -> tuple[SummaryIssue, bool]:
    """The new issue and True; a second press answers the same issue and False.

    ``seen`` is the fingerprint of the paper that ``by`` read. Raises ``FiguresMoved`` when it
    would be another one now, ``InvalidSummary`` when the paper contradicts itself and ``by`` has
    not said to publish it ``knowing`` that, or when ``number``, the one of the clerk's register,
    cannot be had (without it the next one is given), and ``SummaryRefused``.
    """
    if not may(by, "reports.publish"):
        raise SummaryRefused(Lock.NOT_YOURS)
    return _again_when_overtaken(lambda: _publish(by, summary, seen, knowing, number))


def _again_when_overtaken(act: Callable[[], tuple[SummaryIssue, bool]]):
    for left in reversed(range(TRIES)):
        try:
            with _one_moment():
                return act()
        except (OperationalError, IntegrityError) as error:
            if not left or not _was_overtaken(error):
                raise
    raise AssertionError("unreachable")


def _was_overtaken(error: Exception) -> bool:
    """PostgreSQL could not serialize (40001, 40P01), or the number was given to another paper."""
    code = getattr(error.__cause__, "pgcode", "")
    return code in ("40001", "40P01") or isinstance(error, IntegrityError)


@contextmanager
def _one_moment() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _publish(
    by: User, summary: SummaryReport, seen: str, knowing: bool, number: int | None
) -> tuple[SummaryIssue, bool]:
    if not SummaryReport.objects.select_for_update().values("pk").filter(pk=summary.pk).first():
        raise SummaryRefused(Lock.DISCARDED)
    last = summary.issues.select_related("summary").order_by("-edition").first()
    if last is not None and SummaryReport.objects.filter(
        pk=summary.pk, state=SummaryState.PUBLISHED
    ):
        return last, False
    summary = held(summary, Act.PUBLISH, by)
    snapshot = build_snapshot(summary)
    if fingerprint(snapshot) != seen:
        raise FiguresMoved
    if corrects_nothing(summary, snapshot):
        raise SummaryRefused(Lock.CORRECTS_NOTHING)
    _refuse_what_was_sent(snapshot, knowing, number)
    issue = _issue(by, summary, snapshot, last, number)
    issue.save()
    summary.state = SummaryState.PUBLISHED
    summary.version += 1
    summary.handed_over_at = summary.handed_over_by = None
    summary.returned_reason = summary.correction_reason = ""
    summary.save()
    ask_for_files(issue)
    return issue, True


def _refuse_what_was_sent(snapshot: Snapshot, knowing: bool, number: int | None) -> None:
    errors = {}
    if contradictions(snapshot) and not knowing:
        errors["knowing"] = _(
            "Not published: tick that you know of the contradictions, or give it back."
        )
    if number is not None and (sentence := refusal(number, today().year)):
        errors["number"] = sentence
    if errors:
        raise InvalidSummary(errors)


def _issue(
    by: User,
    summary: SummaryReport,
    snapshot: Snapshot,
    last: SummaryIssue | None,
    number: int | None,
) -> SummaryIssue:
    at, year, code = now(), today().year, new_code()
    before = from_json(last.snapshot) if last else None
    masthead = replace(snapshot.masthead, position=signature_lines(by.position))
    snapshot = replace(snapshot, masthead=masthead)
    found = changes(before, snapshot) if before else ()
    publication = Publication(
        number=number or next_number(year),
        published_on=today(),
        published_at=at,
        signed_by=by.display_name,
        edition=last.edition + 1 if last else 1,
        code=code,
        address=new_address(code),
        reason=summary.correction_reason,
        differences=sentences(found),
        replaces=_replaced(before) if before else None,
        changes=found,
    )
    stored = to_json(replace(snapshot, publication=publication))
    return SummaryIssue(
        summary=summary,
        edition=publication.edition,
        year=year,
        serial=publication.number,
        code=publication.code,
        snapshot=stored,
        snapshot_sha256=checksum(stored),
        published_at=at,
        published_by=by,
        reason=publication.reason,
        differences=list(publication.differences),
    )


def _replaced(before: Snapshot) -> Replaced:
    issued = before.publication
    return Replaced(issued.number, issued.published_on, issued.edition, issued.code)


def new_code() -> str:
    """Nobody guesses it, and it can be typed from paper: NTM-7KQM-4RXA-9W2D."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return f"NTM-{'-'.join(groups)}"
