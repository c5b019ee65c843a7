"""What contradicts itself is published only by a leader who says that it is known."""

import re

import pytest

from reports import composing
from reports.building import build_snapshot
from reports.errors import InvalidSummary
from reports.models import SummaryReport, SummarySection
from reports.publishing import fingerprint, publish
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post

pytestmark = pytest.mark.usefixtures("demonstration")
ADDRESS = "/reports/2022-q4/"
TICK = 'name="knowing"'


def quoting_what_has_changed() -> SummaryReport:
    """A text that still says 07 communes where there are others."""
    summary = stages.started()
    stages.edit(summary, "Toàn huyện có nhiều xã.", key="overall")
    SummarySection.objects.filter(summary=summary, key="overall").update(
        quoted={"headline.recognised": "99"}
    )
    composing.hand_over(by=stages.coordinator(), summary=summary)
    return stages.reread(summary)


def published(**more):
    seen = re.search(r'name="seen" value="(\w{64})"', page("lanhdao", ADDRESS))[1]
    return post("lanhdao", f"{ADDRESS}act/", do="publish", seen=seen, **more)


def test_the_publish_box_lists_the_contradictions_by_themselves():
    quoting_what_has_changed()
    box = page("lanhdao", ADDRESS).split('id="do-title"')[1].split("</section>")[0]
    assert "1 điểm mâu thuẫn:" in box
    assert "Số xã đã được công nhận 99 →" in box
    assert TICK in box
    assert TICK not in page("phong.nong-nghiep", ADDRESS)


def test_without_the_tick_it_is_not_published_and_the_sentence_stands_beside_it():
    summary = quoting_what_has_changed()
    for more in ({}, {"knowing": ""}, {"knowing": "off"}):
        answer = published(**more)
        body = answer.content.decode()
        assert answer.status_code == 422
        assert (
            "hãy đánh dấu là đã biết các điểm mâu thuẫn" in body.split(TICK)[1].split("</form>")[0]
        )
        assert 'aria-describedby="knowing-error"' in body
    assert not summary.issues.exists()
    assert stages.reread(summary).state == "waiting"


def test_with_the_tick_it_is_published_once():
    summary = quoting_what_has_changed()
    seen = fingerprint(build_snapshot(summary))
    for _press in range(2):
        sent = {"do": "publish", "seen": seen, "knowing": "on"}
        assert post("lanhdao", f"{ADDRESS}act/", **sent).url == ADDRESS
    assert summary.issues.count() == 1


def test_the_action_refuses_it_too():
    summary = quoting_what_has_changed()
    seen = fingerprint(build_snapshot(summary))
    with pytest.raises(InvalidSummary):
        publish(by=stages.leader(), summary=summary, seen=seen)
    issue, new = publish(by=stages.leader(), summary=summary, seen=seen, knowing=True)
    assert (issue.edition, new) == (1, True)


def test_where_nothing_contradicts_there_is_no_tick_and_none_is_needed():
    summary = stages.waiting()
    assert TICK not in page("lanhdao", ADDRESS)
    assert published().url == ADDRESS
    assert summary.issues.count() == 1


def test_whoever_may_not_publish_is_refused_with_the_tick_too():
    summary = quoting_what_has_changed()
    assert (
        post("phong.nong-nghiep", f"{ADDRESS}act/", do="publish", knowing="on").status_code == 302
    )
    assert not summary.issues.exists()
