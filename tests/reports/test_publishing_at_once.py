"""Publishing on real connections: pressed twice at once, and while a row is being verified."""

import threading

import pytest
from django.db import connections, transaction

from accounts.models import User
from assessments.models import IndicatorResult, Review
from periods.clock import now
from periods.models import ReportingPeriod
from reports import composing
from reports.building import build_snapshot
from reports.errors import FiguresMoved, InvalidSummary
from reports.models import SummaryIssue, SummaryReport
from reports.publishing import fingerprint, publish
from reports.snapshot import from_json
from reports.starting import start_term
from tests import factories
from tests.assessments.test_concurrency import at_once
from tests.demonstration import load_demo_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(transactional_db) -> SummaryReport:
    load_demo_database()
    office = User.objects.get(username="phong.nong-nghiep")
    period = ReportingPeriod.objects.get(slug="2023-q3")
    summary = start_term(by=office, kind="9-months", period=period)
    composing.hand_over(by=office, summary=summary)
    return SummaryReport.objects.select_related("period").get(pk=summary.pk)


def leader() -> User:
    return User.objects.get(username="lanhdao")


def test_two_presses_at_once_publish_once(waiting):
    by, seen = leader(), fingerprint(build_snapshot(waiting))

    def press():
        return publish(by=by, summary=waiting, seen=seen, knowing=True)

    outcomes = at_once(press, press)
    assert all(isinstance(one, tuple) for one in outcomes), outcomes
    assert sorted(new for _issue, new in outcomes) == [False, True]
    assert waiting.issues.count() == 1
    assert waiting.issues.get().files.count() == 4


def test_two_papers_published_at_once_get_two_numbers(waiting):
    office, by = User.objects.get(username="phong.nong-nghiep"), leader()
    other = SummaryReport.objects.select_related("period").get(slug="2023-q3")
    composing.hand_over(by=office, summary=other)
    other.refresh_from_db()

    def press(summary, seen):
        return lambda: publish(by=by, summary=summary, seen=seen, knowing=True)

    works = [press(one, fingerprint(build_snapshot(one))) for one in (waiting, other)]
    outcomes = at_once(*works)
    assert all(isinstance(one, tuple) for one in outcomes), outcomes
    numbers = sorted(issue.serial for issue, _new in outcomes)
    assert numbers[1] == numbers[0] + 1


def test_a_snapshot_is_of_one_moment_while_rows_are_being_verified(waiting):
    """Rows flip together in one transaction; a paper that saw half of them would not add up."""
    by, verifier = leader(), User.objects.get(username="phong.lao-dong")
    rows = IndicatorResult.objects.filter(
        assessment__period__slug="2023-q3", review=Review.PENDING, declared_verdict="met"
    ).exclude(changed_by=verifier)
    ids = list(rows.values_list("pk", flat=True)[:60])
    assert len(ids) == 60
    stop = threading.Event()

    def flip() -> None:
        verified = False
        try:
            while not stop.is_set():
                verified = not verified
                with transaction.atomic():
                    set_verified(ids[:30], verified, verifier)
                    set_verified(ids[30:], verified, verifier)
        finally:
            connections.close_all()

    flipping = threading.Thread(target=flip)
    flipping.start()
    try:
        issue = published_in_the_end(by, waiting)
    finally:
        stop.set()
        flipping.join(30)
    snapshot = from_json(SummaryIssue.objects.get(pk=issue.pk).snapshot)
    counted = sum(bool(one.verified) for one in snapshot.indicators)
    assert counted == snapshot.headline.verified
    assert sum(one.verified for one in snapshot.reporting) == snapshot.headline.verified
    assert sum(one.met for one in snapshot.criteria) == snapshot.headline.criteria_met


def set_verified(ids: list[int], verified: bool, by: User) -> None:
    if verified:
        given = {"review": "verified", "verified_verdict": "met"}
        given |= {"reviewed_by": by, "reviewed_at": now()}
    else:
        given = {"review": "pending", "verified_verdict": ""}
        given |= {"reviewed_by": None, "reviewed_at": None}
    IndicatorResult.objects.filter(pk__in=ids).update(**given)


def published_in_the_end(by: User, summary: SummaryReport) -> SummaryIssue:
    """Read and publish until the paper is still the one that was read."""
    for _try in range(40):
        with transaction.atomic():
            seen = fingerprint(build_snapshot(summary))
        try:
            return publish(by=by, summary=summary, seen=seen, knowing=True)[0]
        except FiguresMoved:
            continue
    raise AssertionError("the figures never stood still")


def test_two_leaders_with_one_number_one_wins_and_the_other_reads_why(waiting):
    office = User.objects.get(username="phong.nong-nghiep")
    other = SummaryReport.objects.select_related("period").get(slug="2023-q3")
    composing.hand_over(by=office, summary=other)
    other.refresh_from_db()
    second = factories.leader()

    def press(by, summary, seen):
        return lambda: publish(by=by, summary=summary, seen=seen, knowing=True, number=77)

    pairs = ((leader(), waiting), (second, other))
    works = [press(by, one, fingerprint(build_snapshot(one))) for by, one in pairs]
    outcomes = at_once(*works)
    won = [one for one in outcomes if isinstance(one, tuple)]
    lost = [one for one in outcomes if isinstance(one, InvalidSummary)]
    assert (len(won), len(lost)) == (1, 1), outcomes
    assert "77" in lost[0].errors["number"]
    assert SummaryIssue.objects.filter(serial=77).count() == 1
    published = {one.state for one in SummaryReport.objects.filter(pk__in=(waiting.pk, other.pk))}
    assert published == {"published", "waiting"}
