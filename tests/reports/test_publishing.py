"""Publishing freezes the paper: once, for ever, and only what was read."""

import pytest

from accounts.models import User
from criteria.models import Criterion, Indicator
from periods.models import ReportingPeriod
from reports import composing
from reports.building import build_snapshot
from reports.errors import FiguresMoved, InvalidSummary, SummaryRefused
from reports.exact import checksum
from reports.models import FrozenIssue, PaperFormat, RenderedFile, SummaryIssue
from reports.publishing import fingerprint, new_code, publish
from reports.render_pdf import paper_html
from reports.snapshot import from_json, to_json
from reports.workflow import Lock
from tests.reports import summary_stages as stages

pytestmark = pytest.mark.usefixtures("demonstration")


def test_publishing_freezes_numbers_and_asks_for_all_files():
    before = SummaryIssue.objects.filter(year=2023).order_by("-serial").first()
    issue = stages.issued()
    assert issue.serial == (before.serial + 1 if before else 1)
    snapshot = from_json(issue.snapshot)
    assert snapshot.publication.number == issue.serial
    assert snapshot.publication.signed_by == stages.leader().display_name
    assert snapshot.publication.code == issue.code
    assert issue.snapshot_sha256 == checksum(issue.snapshot)
    assert {one.format for one in issue.files.all()} == set(PaperFormat.values)
    assert stages.reread(issue.summary).state == "published"


def test_pressed_twice_it_is_published_once():
    summary = stages.waiting()
    seen = fingerprint(build_snapshot(summary))
    first, new = publish(by=stages.leader(), summary=summary, seen=seen)
    again, second_new = publish(by=stages.leader(), summary=summary, seen=seen)
    assert (first, new, second_new) == (again, True, False)
    assert summary.issues.count() == 1
    assert RenderedFile.objects.filter(issue=first).count() == len(PaperFormat.values)


def test_what_was_not_read_is_not_published():
    summary = stages.waiting()
    with pytest.raises(FiguresMoved):
        publish(by=stages.leader(), summary=summary, seen="0" * 64)
    assert not summary.issues.exists()


def test_a_text_edited_after_the_leader_read_it_is_not_published():
    summary = stages.waiting()
    seen = fingerprint(build_snapshot(summary))
    composing.take_back(by=stages.coordinator(), summary=summary)
    stages.edit(summary, "Viết lại.")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    with pytest.raises(FiguresMoved):
        publish(by=stages.leader(), summary=summary, seen=seen)


def test_the_coordinator_cannot_publish_and_a_draft_not_handed_over_neither():
    summary = stages.waiting()
    seen = fingerprint(build_snapshot(summary))
    with pytest.raises(SummaryRefused):
        publish(by=stages.coordinator(), summary=summary, seen=seen)
    composing.take_back(by=stages.coordinator(), summary=summary)
    with pytest.raises(SummaryRefused) as refused:
        publish(by=stages.leader(), summary=summary, seen=seen)
    assert refused.value.lock is Lock.NOT_HANDED_OVER


def test_an_issue_is_never_written_again_and_never_deleted():
    issue = stages.issued()
    with pytest.raises(FrozenIssue):
        issue.save()
    with pytest.raises(FrozenIssue):
        issue.delete()


def test_nothing_that_happens_later_changes_an_issue():
    issue = stages.issued()
    frozen = from_json(SummaryIssue.objects.get(pk=issue.pk).snapshot)
    Criterion.objects.update(name="Tên khác", name_en="Another")
    Indicator.objects.update(text="Nội dung khác")
    ReportingPeriod.objects.filter(slug="2022-q4").update(due_on="2023-01-30")
    issue.summary.period.assessments.first().results.update(note="Sửa sau")
    stored = SummaryIssue.objects.get(pk=issue.pk)
    assert from_json(stored.snapshot) == frozen
    assert checksum(stored.snapshot) == stored.snapshot_sha256


def test_a_correction_is_a_new_issue_that_says_what_differs():
    first = stages.issued()
    summary = stages.reread(first.summary)
    by = stages.coordinator()
    with pytest.raises(InvalidSummary):
        composing.begin_correction(by=by, summary=summary, reason="")
    composing.begin_correction(by=by, summary=summary, reason="Nhầm nguyên nhân.")
    stages.edit(summary, "Nguyên nhân đúng.", key="causes")
    composing.hand_over(by=by, summary=summary)
    second = stages.issue(stages.reread(summary))
    assert (second.edition, second.serial) == (2, first.serial + 1)
    assert second.reason == "Nhầm nguyên nhân."
    assert second.differences == ["Mục III.2 “Nguyên nhân”: bổ sung “Nguyên nhân đúng.”."]
    assert from_json(second.snapshot).publication.differences == tuple(second.differences)
    assert stages.reread(summary).correction_reason == ""
    assert from_json(SummaryIssue.objects.get(pk=first.pk).snapshot).publication.edition == 1


def test_only_a_published_summary_is_corrected():
    with pytest.raises(SummaryRefused) as refused:
        composing.begin_correction(
            by=stages.coordinator(), summary=stages.started(), reason="Sớm quá"
        )
    assert refused.value.lock is Lock.NOT_PUBLISHED


def test_an_open_quarter_can_be_published_and_says_that_it_is_provisional():
    snapshot = from_json(stages.issued("9-months", "2023-q3").snapshot)
    assert snapshot.paper.provisional
    assert "Số liệu tạm tính" in snapshot.sections[2].text


@pytest.mark.parametrize(
    ("position", "signed"),
    [
        ("chairman", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("vice_chairman", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_the_signature_block_is_that_of_the_leader_who_publishes(position, signed):
    """Also where another leader could have signed, whose block the draft may have shown."""
    User.objects.filter(role="leader").update(position=position)
    User.objects.create_user("khac", role="leader", position="vice_chairman")
    issue = stages.issued()
    User.objects.filter(role="leader").update(position="chairman")
    masthead = from_json(issue.snapshot).masthead
    assert (*masthead.authority, *masthead.position) == signed
    for line in signed:
        assert line in paper_html(from_json(issue.snapshot), [])


def test_a_draft_shows_the_chairman_where_nobody_else_can_sign():
    assert build_snapshot(stages.started()).masthead.position[0] == "KT. CHỦ TỊCH"
    User.objects.filter(role="leader").update(position="chairman")
    assert build_snapshot(stages.started("12-months")).masthead.position == ("CHỦ TỊCH",)


def test_codes_differ_and_can_be_read_aloud():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not any(set("01OILU") & set(code[4:]) for code in codes)


def test_the_fingerprint_changes_with_any_word():
    snapshot = build_snapshot(stages.started())
    other = to_json(snapshot)
    other["sections"][0]["text"] += "."
    assert checksum(other) != fingerprint(snapshot)


def test_a_paper_keeps_its_signature_when_its_leader_gets_another_position_by_import():
    import tablib

    from accounts.user_import import UserResource

    issue = stages.issued()
    before = issue.snapshot["masthead"]["position"]
    assert before == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    table = tablib.Dataset(
        ("lanhdao", "leader", "chairman"), headers=["username", "role", "position"]
    )
    assert not UserResource().import_data(table, raise_errors=True).has_validation_errors()
    assert stages.leader().position == "chairman"
    issue.refresh_from_db()
    assert issue.snapshot["masthead"]["position"] == before
