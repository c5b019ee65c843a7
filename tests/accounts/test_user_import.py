"""Accounts from and to Excel."""

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Position, Role, User
from accounts.user_import import UserResource

pytestmark = pytest.mark.django_db
COLUMNS = ["username", "full_name", "email", "role", "unit", "agency", "is_active"]


def bring_in(*rows, **options):
    """As the administration does it: all rows or none."""
    table = tablib.Dataset(*rows, headers=COLUMNS)
    return UserResource().import_data(table, rollback_on_validation_errors=True, **options)


def refusals(result) -> list[dict]:
    return [row.error_dict for row in result.invalid_rows]


def test_a_new_officer_comes_in_without_a_password(commune):
    row = ("XA.Na-Tam", "Lò Văn Nam", "n@x.example", "commune_officer", "ban-bo", "", True)
    result = bring_in(row, raise_errors=True)
    assert not result.has_validation_errors()
    officer = User.objects.get(username="xa.na-tam")
    assert (officer.role, officer.unit, officer.agency) == (Role.COMMUNE_OFFICER, commune, None)
    assert not officer.has_usable_password()


def test_a_role_may_be_written_by_its_name():
    bring_in(("moi", "", "", str(Role.LEADER.label), "", "", True), raise_errors=True)
    assert User.objects.get(username="moi").role == Role.LEADER


def test_somebody_who_is_there_is_changed_and_keeps_the_password(officer):
    row = ("xa.ban-bo", "Tên mới", officer.email, "commune_officer", "ban-bo", "", True)
    bring_in(row, raise_errors=True)
    before = officer.password
    officer.refresh_from_db()
    assert officer.full_name == "Tên mới"
    assert officer.password == before


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("a", "", "", "commune_officer", "", "", True), "unit"),
        (("a", "", "", "department_officer", "", "", True), "agency"),
        (("a", "", "", "leader", "ban-bo", "", True), "unit"),
        (("a", "", "", "vua", "", "", True), "role"),
        (("a", "", "", "commune_officer", "khong-co", "", True), "unit"),
        (("a", "", "", "commune_officer", "tam-duong", "", True), "unit"),
        (("a", "", "not-an-address", "leader", "", "", True), "email"),
        (("a b", "", "", "leader", "", "", True), "username"),
        (("", "", "", "leader", "", "", True), "username"),
    ],
)
def test_a_wrong_row_is_named_with_its_field_and_nothing_comes_in(commune, row, field):
    before = User.objects.count()
    result = bring_in(row, ("good", "", "", "leader", "", "", True))
    assert field in refusals(result)[0]
    assert User.objects.count() == before


def test_a_commune_that_no_longer_exists_is_not_taken(commune):
    commune.valid_to = "2020-12-31"
    commune.save()
    result = bring_in(("a", "", "", "commune_officer", "ban-bo", "", True))
    assert "unit" in refusals(result)[0]


def test_what_is_exported_holds_no_password_and_can_come_in_again(people):
    exported = UserResource().export()
    assert exported.headers == [*COLUMNS[:4], "position", *COLUMNS[4:]]
    result = UserResource().import_data(exported, raise_errors=True)
    assert result.totals["skip"] == len(people)


@pytest.mark.urls("tests.accounts.pages_urlconf")
def test_the_administrator_brings_an_excel_file_in(client, administrator, commune):
    client.force_login(administrator)
    table = tablib.Dataset(
        ("xa.na-tam", "Nam", "", "commune_officer", "ban-bo", "", True), headers=COLUMNS
    )
    upload = SimpleUploadedFile("accounts.xlsx", table.export("xlsx"))
    preview = client.post(
        "/admin/accounts/user/import/", {"format": "0", "import_file": upload, "resource": ""}
    )
    assert preview.status_code == 200
    assert not User.objects.filter(username="xa.na-tam").exists()
    confirm = preview.context["confirm_form"].initial
    done = client.post("/admin/accounts/user/process_import/", confirm)
    assert done.status_code == 302
    assert User.objects.filter(username="xa.na-tam").exists()


def bring_in_leader(position: str, username: str = "lanhdao-2", role: str = "leader"):
    table = tablib.Dataset((username, role, position), headers=["username", "role", "position"])
    return UserResource().import_data(table, rollback_on_validation_errors=True)


@pytest.mark.parametrize("written", ["chairman", "CHAIRMAN ", "Chủ tịch", "chu\u0309 ti\u0323ch"])
def test_a_leader_comes_in_with_the_position_that_signs_papers(db, written):
    assert not bring_in_leader(written).has_validation_errors()
    assert User.objects.get(username="lanhdao-2").position == Position.CHAIRMAN


def test_a_leader_of_whom_no_position_is_told_signs_in_the_chairmans_place(db):
    bring_in_leader("")
    assert User.objects.get(username="lanhdao-2").position == Position.VICE_CHAIRMAN


def test_an_empty_cell_or_no_column_keeps_the_position(db):
    bring_in_leader("chairman")
    assert bring_in_leader("").totals["skip"] == 1
    bring_in(("lanhdao-2", "Tên mới", "", "leader", "", "", True), raise_errors=True)
    chairman = User.objects.get(username="lanhdao-2")
    assert (chairman.full_name, chairman.position) == ("Tên mới", Position.CHAIRMAN)


def test_an_unknown_position_and_one_of_no_leader_are_named_with_their_field(db):
    for position, role in (("vua", "leader"), ("chairman", "coordinator"), ("x" * 99, "leader")):
        result = bring_in_leader(position, role=role)
        assert "position" in refusals(result)[0]
    assert not User.objects.filter(username="lanhdao-2").exists()


def test_whoever_is_no_leader_any_more_loses_the_position(db):
    bring_in_leader("chairman")
    assert not bring_in_leader("", role="coordinator").has_validation_errors()
    assert User.objects.get(username="lanhdao-2").position == ""


def test_so_does_one_whose_list_has_no_column_for_it(agency):
    bring_in_leader("chairman")
    row = ("lanhdao-2", "", "", "coordinator", "", agency.slug, True)
    assert not bring_in(row).has_validation_errors()
    changed = User.objects.get(username="lanhdao-2")
    assert (changed.role, changed.agency, changed.position) == (Role.COORDINATOR, agency, "")


def test_the_position_is_exported(db):
    bring_in_leader("chairman")
    exported = UserResource().export(User.objects.filter(username="lanhdao-2"))
    assert exported["position"] == ["chairman"]
