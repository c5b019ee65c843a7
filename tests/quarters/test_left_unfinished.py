"""What was decided without being finished is called so: in the notice, the history, the quarter."""

import pytest
from django.utils import translation

from assessments import deciding
from assessments.chronicle import decisions
from assessments.models import Assessment, Channel, Notice
from assessments.notice_texts import notice_text
from assessments.wording import state_text
from periods.models import ReportingPeriod
from tests import factories
from tests.quarters.test_decisions import close
from tests.quarters.test_pages import client_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Hết hạn thẩm định của quý."


def complete(reason: str = "") -> None:
    deciding.complete(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        reason=reason,
        channel=Channel.FORM,
    )


def told() -> tuple[str, str]:
    notice = Notice.objects.select_related(
        "assessment__unit", "assessment__period", "assessment__criteria_set", "period"
    ).get(kind="verified", recipient=factories.officer())
    text = notice_text(notice)
    return text.title, text.text


def test_an_assessment_completed_by_decision_is_not_called_verified():
    factories.officer()
    factories.sent()
    factories.verify("11")
    complete(REASON)
    with translation.override("en"):
        title, text = told()
        line = decisions(factories.assessment("ban-bo"), factories.officer())[0]
    assert "was ended by decision" in title
    assert text.startswith("56 rows were not verified and count as declared only.")
    assert text.endswith(REASON)
    assert line.title == "Verification ended by decision"
    assert "56 rows were not verified and count as declared only" in line.facts
    assert line.reason == REASON
    with translation.override("vi"):
        assert "đã thẩm định xong" not in " ".join(told())


def test_an_assessment_verified_throughout_is_called_verified():
    factories.officer()
    factories.verified()
    with translation.override("en"):
        title, text = told()
        line = decisions(factories.assessment("ban-bo"), factories.officer())[0]
    assert title.endswith("is verified")
    assert text.startswith("The leading agencies have verified it")
    assert line.title == "All rows verified"
    assert not line.facts


def tile(page: str, name: str) -> str:
    return page.split(f"{name} ", 1)[1].split()[0]


def test_a_closed_quarter_counts_everybody_who_never_sent_and_who_did_not_correct():
    factories.sent("ban-bo")
    factories.give_back("11")
    close()
    answer = client_of(factories.coordinator()).get("/periods/2023-q3/", HTTP_ACCEPT_LANGUAGE="en")
    stands = answer.context["stands"]
    assert stands.never_sent == stands.communes - 1 > stands.late
    page = words(answer)
    assert tile(page, "Never sent") == str(stands.communes - 1)
    assert tile(page, "Returned, no longer corrected") == "1"
    assert "Being corrected" not in page


@pytest.mark.parametrize(
    ("state", "open_words", "closed_words"),
    [
        ("draft", "To enter and send", "Never sent"),
        ("submitted", "Sent, being verified", "Sent, not accepted when the quarter was closed"),
        ("returned", "Returned: please correct", "Returned, no longer corrected"),
        ("verified", "Verified", "Verified, not accepted when the quarter was closed"),
        ("accepted", "Accepted", "Accepted"),
    ],
)
def test_a_state_that_closing_made_final_asks_for_nothing(state, open_words, closed_words):
    def read(period_state: str, reader) -> str:
        period = ReportingPeriod(year=2023, quarter=3, state=period_state)
        with translation.override("en"):
            return state_text(Assessment(period=period, state=state), reader)

    assert read("open", factories.officer()) == open_words
    assert read("closed", factories.officer()) == closed_words
    assert read("closed", factories.coordinator()) == closed_words
