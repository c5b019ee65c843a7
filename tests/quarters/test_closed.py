"""After closing, nothing can be changed by anyone through any channel: each refuses by its name."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from accounts.models import Role
from assessments import actions, attaching, commenting, deciding, reviewing
from assessments.errors import CommentRefused, Refused
from assessments.models import (
    Assessment,
    Channel,
    Comment,
    Event,
    Evidence,
    FrozenQuarter,
    IndicatorResult,
    MeasureValue,
    Notice,
    QuarterEvent,
)
from assessments.rows import RowChange
from assessments.sheet import load_sheet
from assessments.workflow import Lock
from periods.clock import now
from periods.models import ReportingPeriod
from tests import factories
from tests.quarters.test_decisions import close
from tests.quarters.test_pages import client_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
MODELS = (
    Assessment,
    IndicatorResult,
    MeasureValue,
    Event,
    Comment,
    Evidence,
    QuarterEvent,
    FrozenQuarter,
    ReportingPeriod,
)


def everything() -> dict:
    """Every fact of every quarter."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def draft():
    factories.save("11", {"value": Decimal(12)})


def returned():
    factories.sent("ban-bo")
    factories.give_back("11")


STAGES = {
    "draft": draft,
    "submitted": lambda: factories.sent("ban-bo"),
    "returned": returned,
    "verified": lambda: factories.verified("ban-bo"),
    "accepted": lambda: factories.accepted("ban-bo"),
}


@pytest.fixture(params=list(STAGES))
def stage(request, settings):
    """The quarter closed while Bản Bo's assessment stood at one of its stages."""
    factories.officer()
    factories.verifier_of(factories.row_of("11"))
    STAGES[request.param]()
    row = factories.row_of("11")
    Evidence.objects.create(
        result=row, name="Biên bản.pdf", media_type="application/pdf", size=10,
        sha256="0" * 64, file="x", uploaded_at=now(), uploaded_by=factories.officer(),
        channel=Channel.FORM,
    )  # fmt: skip
    close()
    assert factories.assessment("ban-bo").state == request.param
    return request.param


def read(definition):
    return RowChange(values={"value": Decimal(1)})


def calls(row, target) -> dict:
    """Every action by the person who otherwise may."""
    rows = IndicatorResult.objects.all()
    officer, office = factories.officer(), factories.coordinator()
    verifier = factories.verifier_of(row)
    one = {"rows": rows, "result_id": row.pk, "channel": Channel.FORM}
    at = one | {"version": row.version}
    whole = {"assessment": target, "channel": Channel.FORM}
    file = Evidence.objects.get()
    held = {"evidence": Evidence.objects.all(), "evidence_id": file.pk, "channel": Channel.FORM}
    return {
        "save": lambda: actions.save_row(by=officer, read=read, **at),
        "save by import": lambda: actions.save_row(by=officer, read=read, **at | {"channel": "import"}),
        "keep": lambda: actions.keep_unchanged(by=officer, **at),
        "recheck": lambda: actions.recheck(by=officer, **at),
        "keep all": lambda: actions.keep_all_unchanged(by=officer, fingerprint="", **whole),
        "submit": lambda: actions.submit(by=officer, fingerprint=load_sheet(target).fingerprint, **whole),
        "extend": lambda: actions.extend(by=office, until=dt.date(2023, 12, 1), reason="Mưa", **whole),
        "verify": lambda: reviewing.verify_row(by=verifier, verdict="not_met", reason="Khác", **at),
        "return": lambda: reviewing.return_row(by=verifier, reason="Sai", **at),
        "complete": lambda: deciding.complete(by=office, reason="Hết hạn", **whole),
        "accept": lambda: deciding.accept(by=office, **whole),
        "reopen": lambda: deciding.reopen(by=office, reason="Sai", **whole),
        "attach": lambda: attaching.attach(by=officer, file=ContentFile(b"%PDF-1.4"), name="a.pdf", **one),
        "describe": lambda: attaching.describe(
            by=officer, version=file.version, read=lambda _: attaching.Details("12/BB"), **held
        ),
        "remove": lambda: attaching.remove(by=officer, reason="Nhầm", **held),
    }  # fmt: skip


#: Answered as a second press, which changes nothing either.
SECOND_PRESS = {
    ("submit", "submitted"),
    ("complete", "verified"),
    ("complete", "accepted"),
    ("accept", "accepted"),
}


def attempt(call):
    """What the call answered, or the lock by which it was refused."""
    try:
        return call()
    except Refused as refused:
        return refused.lock


def test_every_action_refuses_by_the_quarter_s_name(stage):
    row, target = factories.row_of("11"), factories.assessment("ban-bo")
    before = everything()
    notices = Notice.objects.count()
    for name, call in calls(row, target).items():
        outcome = attempt(call)
        if (name, stage) in SECOND_PRESS:
            assert outcome in (False, Lock.PERIOD_CLOSED), name
        else:
            assert outcome is Lock.PERIOD_CLOSED, name
        assert everything() == before, name
    assert Notice.objects.count() == notices


@pytest.mark.parametrize("stage", ["submitted"], indirect=True)
def test_confirming_many_leaves_every_row_and_says_why(stage):
    row = factories.row_of("11")
    before = everything()
    done = reviewing.confirm_many(
        by=factories.verifier_of(row),
        rows=IndicatorResult.objects.all(),
        versions={row.pk: row.version},
        channel=Channel.FORM,
    )
    assert done.count == 0
    assert len(done.left) == 1
    assert everything() == before


@pytest.mark.parametrize("stage", ["submitted"], indirect=True)
def test_the_talk_about_a_row_ends_too(stage):
    with pytest.raises(CommentRefused):
        commenting.comment(
            by=factories.officer(),
            rows=IndicatorResult.objects.all(),
            result_id=factories.row_of("11").pk,
            text="Xin sửa",
        )


def posts(row) -> list[tuple[str, dict]]:
    base = factories.assessment("ban-bo").get_absolute_url()
    file, field = Evidence.objects.get(), f"{row.pk}-"
    typed = {f"{field}value": "1", f"{field}version": str(row.version)}
    return [
        (base, typed),
        (base, {"keep": str(row.pk), f"{field}version": str(row.version)}),
        (f"{base}rows/{row.pk}/", typed),
        (f"{base}rows/{row.pk}/unchanged/", typed),
        (f"{base}unchanged/", {}),
        (f"{base}submit/", {"fingerprint": load_sheet(factories.assessment("ban-bo")).fingerprint}),
        (f"{base}extend/", {"until": "01/12/2023", "reason": "Mưa"}),
        (f"{base}rows/{row.pk}/comments/", {"text": "Xin sửa"}),
        (f"{base}rows/{row.pk}/evidence/", {"files": ContentFile(b"%PDF-1.4", name="a.pdf")}),
        (f"/evidence/{file.pk}/describe/", {f"{file.pk}-document_number": "12"}),
        (f"/evidence/{file.pk}/remove/", {f"remove-{file.pk}-reason": "Nhầm"}),
        ("/verification/2023-q3/11/confirm/", {"rows": f"{row.pk}", f"{row.pk}-version": "1"}),
        (f"/verification/2023-q3/11/rows/{row.pk}/", {"act": "return", "reason": "Sai"}),
        ("/periods/2023-q3/open/", {}),
        ("/periods/2023-q3/extend/", {"until": "01/12/2023", "reason": "Mưa"}),
        (f"/admin/assessments/assessment/{row.assessment_id}/change/", {"state": "draft"}),
        (f"/admin/assessments/indicatorresult/{row.pk}/change/", {"note": "x"}),
        (f"/admin/periods/reportingperiod/{row.assessment.period_id}/change/", {"due_on": "01/12/2023"}),
        (f"/admin/periods/reportingperiod/{row.assessment.period_id}/delete/", {"post": "yes"}),
    ]  # fmt: skip


@pytest.mark.parametrize("stage", ["draft", "accepted"], indirect=True)
def test_every_page_refuses_everybody_and_nothing_fails(stage):
    row = factories.row_of("11")
    people = [
        factories.officer(),
        factories.verifier_of(row),
        factories.coordinator(),
        factories.leader(),
        factories.person(Role.ADMINISTRATOR),
    ]
    addresses = posts(row)
    before = everything()
    for user in people:
        client = client_of(user)
        for address, data in addresses:
            answer = client.post(address, data)
            assert answer.status_code < 500, (address, user)
        assert everything() == before, user


@pytest.mark.parametrize("stage", ["returned"], indirect=True)
def test_the_row_s_fragment_and_the_api_name_the_reason(stage):
    row, client = factories.row_of("11"), client_of(factories.officer())
    base = factories.assessment("ban-bo").get_absolute_url()
    typed = {f"{row.pk}-value": "1", f"{row.pk}-version": str(row.version)}
    answer = client.post(f"{base}rows/{row.pk}/", typed, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "is closed; its figures no longer change" in answer.content.decode()
    body = json.dumps({"version": row.version, "values": {"value": 1}})
    answer = client.patch(f"/api/results/{row.pk}/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["lock"]) == (403, "period_closed")
    assert "is closed; its figures no longer change" in words(client.get(base))


@pytest.mark.parametrize("stage", ["draft"], indirect=True)
def test_the_administration_only_shows_quarters(stage):
    client = client_of(factories.person(Role.ADMINISTRATOR))
    period = ReportingPeriod.objects.get(slug="2023-q3")
    for address in (
        "/admin/periods/reportingperiod/",
        f"/admin/periods/reportingperiod/{period.pk}/change/",
        "/admin/assessments/quarterevent/",
    ):
        text = client.get(address).content.decode()
        assert 'name="_save"' not in text
    assert client.get("/admin/periods/reportingperiod/add/").status_code == 403
    assert client.get(f"/admin/periods/reportingperiod/{period.pk}/delete/").status_code == 403


def test_decisions_are_appended_never_changed():
    for change in (
        lambda: QuarterEvent.objects.update(reason="x"),
        lambda: QuarterEvent.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            change()
