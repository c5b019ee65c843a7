"""State × person × act: every cell, through the action and through the page.

Seven communes stand in the five states ("untouched" was returned too, and not corrected yet) and in
a closed quarter; eight people try every act on each.
What may happen is written down twice and by hand: what a state allows (``ALLOWED``), and who may
(``WHO``). A cell is their product; nothing else may change anything.
"""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import Role
from assessments import actions, deciding, reviewing, withdrawing
from assessments.errors import Incomplete, Refused
from assessments.models import Channel, Event, IndicatorResult
from assessments.rows import RowChange
from assessments.sheet import load_sheet
from assessments.workflow import Act
from periods.clock import now
from tests import factories
from tests.databases import rolled_back

REASON = "Lý do của quyết định này."
UNTIL = dt.date(2023, 12, 29)
#: Stage -> commune and quarter.
STAGES = {
    "draft": ("ban-bo", "2023-q3"),
    "submitted": ("son-binh", "2023-q3"),
    "returned": ("giang-ma", "2023-q3"),
    "untouched": ("khun-ha", "2023-q3"),
    "verified": ("ho-thau", "2023-q3"),
    "accepted": ("binh-lu", "2023-q3"),
    "closed": ("ban-bo", "2023-q2"),
}
DONE, ALREADY = "done", "already"
#: Stage -> act -> what happens to whoever may: done, already so, or the name of the lock.
ALLOWED = {
    "draft": {
        Act.ENTER: DONE,
        Act.SUBMIT: DONE,
        Act.EXTEND: DONE,
        Act.VERIFY: "not_submitted",
        Act.RETURN: "not_submitted",
        Act.WITHDRAW: "not_submitted",
        Act.COMPLETE: "not_submitted",
        Act.ACCEPT: "not_submitted",
        Act.REOPEN: "not_submitted",
    },
    "submitted": {
        Act.ENTER: "submitted",
        Act.SUBMIT: ALREADY,
        Act.EXTEND: "submitted",
        Act.VERIFY: DONE,
        Act.RETURN: DONE,
        Act.WITHDRAW: "nothing_to_withdraw",
        Act.COMPLETE: DONE,
        Act.ACCEPT: "not_verified",
        Act.REOPEN: "nothing_to_reopen",
    },
    "returned": {
        Act.ENTER: DONE,
        Act.SUBMIT: DONE,
        Act.EXTEND: DONE,
        Act.VERIFY: DONE,
        Act.RETURN: DONE,
        Act.WITHDRAW: "row_corrected",
        Act.COMPLETE: "being_corrected",
        Act.ACCEPT: "being_corrected",
        Act.REOPEN: "nothing_to_reopen",
    },
    "untouched": {
        Act.ENTER: DONE,
        Act.SUBMIT: "incomplete",
        Act.EXTEND: DONE,
        Act.VERIFY: DONE,
        Act.RETURN: DONE,
        Act.WITHDRAW: DONE,
        Act.COMPLETE: "being_corrected",
        Act.ACCEPT: "being_corrected",
        Act.REOPEN: "nothing_to_reopen",
    },
    "verified": {
        Act.ENTER: "verified",
        Act.SUBMIT: "verified",
        Act.EXTEND: "verified",
        Act.VERIFY: "verified",
        Act.RETURN: DONE,
        Act.WITHDRAW: "nothing_to_withdraw",
        Act.COMPLETE: ALREADY,
        Act.ACCEPT: DONE,
        Act.REOPEN: DONE,
    },
    "accepted": {
        Act.ENTER: "accepted",
        Act.SUBMIT: "accepted",
        Act.EXTEND: "accepted",
        Act.VERIFY: "accepted",
        Act.RETURN: "accepted",
        Act.WITHDRAW: "accepted",
        Act.COMPLETE: "accepted",
        Act.ACCEPT: ALREADY,
        Act.REOPEN: DONE,
    },
    "closed": dict.fromkeys(Act, "period_closed"),
}
PEOPLE = {
    "own commune": lambda slug: factories.officer(slug),
    "other commune": lambda slug: factories.officer("na-tam"),
    "leading agency": lambda slug: factories.department("lao-dong"),
    "supporting agency": lambda slug: factories.department("hoi-phu-nu"),
    "other agency": lambda slug: factories.department("giao-duc"),
    "standing office": lambda slug: factories.coordinator(),
    "leader": lambda slug: factories.leader(),
    "administrator": lambda slug: factories.person(Role.ADMINISTRATOR),
}
WHO = {
    Act.ENTER: {"own commune"},
    Act.SUBMIT: {"own commune"},
    Act.EXTEND: {"standing office", "administrator"},
    Act.VERIFY: {"leading agency"},
    Act.RETURN: {"leading agency"},
    Act.WITHDRAW: {"leading agency"},
    Act.COMPLETE: {"standing office"},
    Act.ACCEPT: {"standing office"},
    Act.REOPEN: {"standing office", "administrator"},
}
#: For whom the row of the act does not exist.
BLIND = dict.fromkeys(Act, frozenset()) | {
    Act.ENTER: {"other commune", "other agency", "supporting agency"},
    Act.VERIFY: {"other commune", "other agency"},
    Act.RETURN: {"other commune", "other agency"},
    Act.WITHDRAW: {"other commune", "other agency", "supporting agency"},
}
#: Who has the act's page at all; the others are told that it is not for them.
PAGE_FOR = {
    Act.ENTER: {"own commune", "other commune"},
    Act.SUBMIT: {"own commune", "other commune"},
    Act.EXTEND: {"standing office", "administrator"},
    Act.VERIFY: {"leading agency", "supporting agency", "other agency", "standing office"},
    Act.RETURN: {"leading agency", "supporting agency", "other agency", "standing office"},
    Act.WITHDRAW: {"leading agency", "supporting agency", "other agency", "standing office"},
    Act.COMPLETE: {"standing office"},
    Act.ACCEPT: {"standing office"},
    Act.REOPEN: {"standing office", "administrator"},
}
NOT_SENT = {"draft", "closed"}
#: Indicator 18.5 is led by one agency and supported by another.
ENTERED, REVIEWED = "11", "18.5"


@pytest.fixture(scope="module")
def stages(django_db_setup, django_db_blocker):
    with rolled_back(django_db_blocker):
        with django_db_blocker.unblock():
            _build()
        yield


def _build() -> None:
    from django.core.management import call_command

    call_command("load_reference", verbosity=0)
    factories.two_quarters()
    factories.fill(factories.assessment("ban-bo"))
    factories.sent("son-binh")
    factories.sent("giang-ma")
    factories.give_back(ENTERED, slug="giang-ma")
    held = factories.row_of(ENTERED, "giang-ma")
    values = {v.measure.key: v.value for v in held.values.select_related("measure")}
    factories.save(ENTERED, values, slug="giang-ma", note="Đã rà soát lại.")
    factories.sent("khun-ha")
    factories.give_back(ENTERED, slug="khun-ha")
    factories.verified("ho-thau")
    factories.accepted("binh-lu")
    for make in PEOPLE.values():
        make("ban-bo")


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stages")]
CELLS = [(stage, who, act) for stage in STAGES for who in PEOPLE for act in Act]


def expected(stage: str, who: str, act: Act) -> str:
    return ALLOWED[stage][act] if who in WHO[act] else "not_yours"


@pytest.mark.parametrize(("stage", "who", "act"), CELLS)
def test_through_the_action(stage, who, act):
    slug, period = STAGES[stage]
    before = trace(slug, period)
    wanted = expected(stage, who, act)
    if who in BLIND[act]:
        wanted = "absent"
    assert attempt(act, PEOPLE[who](slug), slug, period) == wanted
    assert (trace(slug, period) != before) is (wanted == DONE)


def attempt(act: Act, by, slug: str, period: str) -> str:
    try:
        done = ACTS[act](by, slug, period)
    except Refused as refused:
        return refused.lock.value if str(refused) else "without a sentence"
    except IndicatorResult.DoesNotExist:
        return "absent"
    except Incomplete:
        return "incomplete"
    return DONE if done else ALREADY


def change_of(slug, period) -> RowChange:
    held = factories.row_of(ENTERED, slug, period)
    values = {v.measure.key: v.value for v in held.values.select_related("measure")}
    return RowChange(values=values, note="Ghi chú mới.")


def enter(by, slug, period):
    held, change = factories.row_of(ENTERED, slug, period), change_of(slug, period)
    return actions.save_row(
        by=by,
        rows=IndicatorResult.objects.visible_to(by),
        result_id=held.pk,
        version=held.version,
        read=lambda definition: change,
        channel=Channel.FORM,
    )


def review(act, code=REVIEWED):
    def work(by, slug, period):
        held = factories.row_of(code, slug, period)
        return act(
            by=by,
            rows=IndicatorResult.objects.visible_to(by),
            result_id=held.pk,
            version=held.version,
            channel=Channel.FORM,
            reason=REASON,
            **({"verdict": other(held)} if act is reviewing.verify_row else {}),
        )

    return work


def other(held) -> str:
    return "not_met" if held.declared_verdict == "met" else "met"


def whole(act, **more):
    def work(by, slug, period):
        target = factories.assessment(slug, period)
        given = {**more}
        if act is actions.submit:
            given["fingerprint"] = load_sheet(target).fingerprint
        return act(by=by, assessment=target, channel=Channel.FORM, **given)

    return work


ACTS = {
    Act.ENTER: enter,
    Act.SUBMIT: whole(actions.submit),
    Act.EXTEND: whole(actions.extend, until=UNTIL, reason=REASON),
    Act.VERIFY: review(reviewing.verify_row),
    Act.RETURN: review(reviewing.return_row),
    Act.WITHDRAW: review(withdrawing.withdraw_return, ENTERED),
    Act.COMPLETE: whole(deciding.complete, reason=REASON),
    Act.ACCEPT: whole(deciding.accept),
    Act.REOPEN: whole(deciding.reopen, reason=REASON),
}


def trace(slug: str, period: str) -> tuple:
    """All that an act could have changed."""
    target = factories.assessment(slug, period)
    rows = IndicatorResult.objects.filter(assessment=target).order_by("pk")
    return (
        target.state,
        target.extended_to,
        target.accepted_by_id,
        tuple(rows.values_list("version", "review", "verified_verdict")),
        Event.objects.filter(assessment=target).count(),
    )


@pytest.mark.parametrize(("stage", "who", "act"), CELLS)
def test_through_the_page(stage, who, act):
    slug, period = STAGES[stage]
    before = trace(slug, period)
    client = Client()
    client.force_login(PEOPLE[who](slug))
    answer = client.post(*request_of(act, slug, period))
    wanted = expected(stage, who, act)
    assert answer.status_code == status_of(stage, who, act, wanted)
    assert (trace(slug, period) != before) is (wanted == DONE)


def status_of(stage: str, who: str, act: Act, wanted: str) -> int:
    if who not in PAGE_FOR[act]:
        return 403
    if who in BLIND[act] or who == "other commune":
        return 404
    if act is Act.ENTER:
        return 200 if wanted == DONE else 422
    if act is Act.SUBMIT and wanted == "incomplete":
        return 422
    if act in (Act.VERIFY, Act.RETURN, Act.WITHDRAW):
        # What was not sent does not stand on the page: back to it, with the reason.
        return 302 if wanted == DONE or stage in NOT_SENT else 422
    return 302  # done, already so, or back to the assessment with the reason


def request_of(act: Act, slug: str, period: str) -> tuple[str, dict]:
    base = f"/assessments/{period}/{slug}/ntm/"
    if act is Act.ENTER:
        held, change = factories.row_of(ENTERED, slug, period), change_of(slug, period)
        typed = {
            f"{held.pk}-{key}": str(value).replace(".", ",") for key, value in change.values.items()
        }
        typed |= {f"{held.pk}-version": held.version, f"{held.pk}-note": change.note}
        return f"{base}rows/{held.pk}/", typed
    if act in (Act.VERIFY, Act.RETURN, Act.WITHDRAW):
        code = ENTERED if act is Act.WITHDRAW else REVIEWED
        held = factories.row_of(code, slug, period)
        pressed = other(held) if act is Act.VERIFY else act.value
        typed = {"act": pressed, "version": held.version, "reason": REASON}
        return f"/verification/{period}/{code.split('.')[0]}/rows/{held.pk}/", typed
    typed = {"reason": REASON, "until": f"{UNTIL:%d/%m/%Y}"}
    if act is Act.SUBMIT:
        typed["fingerprint"] = load_sheet(factories.assessment(slug, period)).fingerprint
    return f"{base}{act.value}/", typed


def test_past_the_due_date_only_the_communes_own_acts_are_locked(settings):
    settings.PORTAL_TODAY = "2023-10-30"
    assert now().date() == dt.date(2023, 10, 30)
    assert attempt(Act.ENTER, factories.officer("ban-bo"), "ban-bo", "2023-q3") == "past_due"
    assert attempt(Act.SUBMIT, factories.officer("ban-bo"), "ban-bo", "2023-q3") == "past_due"
    by = factories.department("lao-dong")
    assert attempt(Act.VERIFY, by, "son-binh", "2023-q3") == DONE
    assert attempt(Act.RETURN, by, "giang-ma", "2023-q3") == DONE
    assert attempt(Act.ACCEPT, factories.coordinator(), "ho-thau", "2023-q3") == DONE


@pytest.mark.parametrize("act", list(Act))
def test_a_set_that_is_not_in_force_locks_every_act(act):
    who = next(iter(WHO[act]))
    factories.assessment("ban-bo").criteria_set.__class__.objects.filter(slug="ntm").update(
        state="replaced"
    )
    for slug, period in STAGES.values():
        if act in (Act.SUBMIT, Act.COMPLETE, Act.ACCEPT) and slug != "ban-bo":
            continue  # "already so" is answered before the state is asked
        assert attempt(act, PEOPLE[who](slug), slug, period) == "set_not_in_force"
