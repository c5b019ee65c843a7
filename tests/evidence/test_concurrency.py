"""The same file twice at once, and a file while the assessment is sent: one wins, whole."""

import pytest
from django.core.management import call_command

from assessments import actions
from assessments.attaching import Attached
from assessments.errors import Changed, Refused
from assessments.models import AssessmentState, Channel, Event, Evidence
from assessments.sheet import load_sheet
from tests import factories
from tests.assessments.test_concurrency import at_once
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_quarters(transactional_db):
    call_command("load_reference", verbosity=0)
    return factories.two_quarters()


def test_the_same_file_sent_twice_at_once_is_kept_once(committed_quarters, stored):
    factories.officer()
    for turn in range(1, 9):
        works = [lambda turn=turn: attach(data=make.pdf(turn)) for _ in range(2)]
        outcomes = at_once(*works)
        assert sorted(one.created for one in outcomes) == [False, True], outcomes
        assert Evidence.objects.count() == turn
        assert Event.objects.filter(kind="attached").count() == turn
        assert len(stored()) == turn


def test_a_file_while_the_assessment_is_sent_is_sent_with_it_or_refused(committed_quarters, stored):
    target = factories.assessment("ban-bo")
    sheet = factories.fill(target)
    by = factories.officer()

    def send():
        return actions.submit(
            by=by, assessment=target, fingerprint=sheet.fingerprint, channel=Channel.FORM
        )

    sent, attached = at_once(send, attach)
    state = factories.assessment("ban-bo").state
    if isinstance(attached, Attached):
        # The file came first: what was confirmed is no longer what would be sent.
        assert isinstance(sent, Changed)
        assert state == AssessmentState.DRAFT
        assert len(stored()) == 1
    else:
        assert isinstance(attached, Refused), attached
        assert sent is True
        assert state == AssessmentState.SUBMITTED
        assert stored() == []
    assert load_sheet(factories.assessment("ban-bo")).rows
