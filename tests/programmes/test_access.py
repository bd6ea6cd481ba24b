"""Who may do what: the roles table, literally, against the one that the portal follows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import override

from programmes.access import ALLOWED, Limit, MissingRight, Right, covers, may, must_give_reason, own_agencies, require
from programmes.blocks import RIGHT_TO_EDIT, Block
from programmes.models import Agency, Country, Fund, Membership, Programme, Role, User

#                            focal point   RCO    Secretariat  reader  administrator
TABLE = """
    see_workspace            yes           yes    yes          -       yes
    create_programme         -             yes    yes          -       yes
    record_revision          -             yes    reason       -       reason
    edit_sections            -             yes    -            -       -
    assess_status            -             yes    reason       -       -
    record_disbursement      -             yes    reason       -       -
    record_mission           -             yes    reason       -       -
    upload_beneficiaries     own           yes    -            -       -
    set_agreed_figure        -             yes    -            -       -
    report_finances          own           yes    -            -       -
    submit_sheet             -             yes    -            -       -
    issue_sheet              -             -      yes          -       -
    download_issued          yes           yes    yes          yes     yes
    invite_people            -             yes    yes          -       yes
    keep_reference_data      -             -      -            -       yes
"""
ROLES = (Role.FOCAL_POINT, Role.RCO, Role.SECRETARIAT, Role.READER, Role.ADMINISTRATOR)
CELLS = [
    (Right(row.split()[0]), role, said)
    for row in TABLE.strip().splitlines()
    for role, said in zip(ROLES, row.split()[1:], strict=True)
]
LIMITS = {"yes": Limit.NONE, "own": Limit.OWN_AGENCY, "reason": Limit.WITH_REASON}


@pytest.fixture
def people(focal_point_fao, rco_panama, secretariat, reader, administrator):
    return dict(zip(ROLES, (focal_point_fao, rco_panama, secretariat, reader, administrator), strict=True))


@pytest.fixture
def fao(db):
    return Agency.objects.get(acronym_en="FAO")


@pytest.fixture
def undp(db):
    return Agency.objects.get(acronym_en="UNDP")


@pytest.fixture
def elsewhere(panama):
    """A programme of another country and another fund."""
    country, _made = Country.objects.get_or_create(iso2="CR", iso3="CRI", name_es="Costa Rica", name_en="Costa Rica")
    fund = Fund.objects.create(code="OTHER", name_es="Otro", name_en="Other", acronym_es="O", acronym_en="O")
    return Programme.objects.create(code="OTHER-1", country=country, fund=fund)


def someone(role, **scope):
    user = User.objects.create_user(f"{role}{User.objects.count()}@example.org", "una-clave-larga-2011", name="Ana")
    Membership.objects.create(user=user, role=role, **scope)
    return user


def again(user):
    """The person in a new request: memberships are read once for each."""
    return User.objects.get(pk=user.pk)


def test_the_table_names_every_right_and_every_role():
    assert {right for right, _role, _said in CELLS} == set(Right) == set(ALLOWED)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("right", "role", "said"), CELLS, ids=lambda value: str(getattr(value, "value", value)))
def test_the_portal_follows_the_table(right, role, said):
    assert ALLOWED[right].get(role) == LIMITS.get(said)


@pytest.mark.parametrize(("right", "role", "said"), CELLS, ids=lambda value: str(getattr(value, "value", value)))
def test_what_each_person_may_do_in_the_programme(right, role, said, people, panama, fao, undp, elsewhere):
    person = people[role]
    everywhere = role == Role.ADMINISTRATOR and said != "-"
    assert may(person, right, panama) == (said in ("yes", "reason"))
    assert may(person, right, panama, fao) == (said != "-")
    assert may(person, right, panama, undp) == (said in ("yes", "reason"))
    assert may(person, right, panama, any_agency=True) == (said != "-")
    assert may(person, right, elsewhere, any_agency=True) == everywhere
    assert must_give_reason(person, right, panama) == (said == "reason")
    own = own_agencies(person, right, panama)
    assert own == {"own": [fao], "-": []}.get(said)


@pytest.mark.parametrize(("right", "role", "said"), CELLS, ids=lambda value: str(getattr(value, "value", value)))
def test_require_refuses_exactly_where_may_says_no(right, role, said, people, panama, undp):
    person = people[role]
    for agency in (None, undp):
        if may(person, right, panama, agency):
            assert require(person, right, panama, agency) is None
        else:
            with pytest.raises(MissingRight):
                require(person, right, panama, agency)


def test_the_refusal_names_the_missing_right_and_the_agency(focal_point_fao, panama, undp):
    with override("en"):
        with pytest.raises(MissingRight, match="upload and withdraw beneficiary figures for UNDP") as refused:
            require(focal_point_fao, Right.UPLOAD_BENEFICIARIES, panama, undp)
        assert refused.value.right == Right.UPLOAD_BENEFICIARIES
        with pytest.raises(MissingRight, match="submit a sheet in this programme"):
            require(focal_point_fao, Right.SUBMIT_SHEET, panama)


def test_two_memberships_add_up(secretariat, panama, fao, undp):
    assert must_give_reason(secretariat, Right.ASSESS_STATUS, panama)
    Membership.objects.create(user=secretariat, role=Role.RCO, country=panama.country)
    assert not must_give_reason(again(secretariat), Right.ASSESS_STATUS, panama)
    both = someone(Role.FOCAL_POINT, programme=panama, agency=fao)
    Membership.objects.create(user=both, role=Role.FOCAL_POINT, programme=panama, agency=undp)
    assert own_agencies(again(both), Right.UPLOAD_BENEFICIARIES, panama) == [fao, undp]


def test_a_right_without_a_programme_asks_whether_it_is_held_anywhere(rco_panama, focal_point_fao):
    assert may(rco_panama, Right.CREATE_PROGRAMME)
    assert not may(focal_point_fao, Right.CREATE_PROGRAMME)


def test_a_stranger_may_nothing_in_the_programme(stranger, panama):
    assert [right for right in Right if may(stranger, right, panama, any_agency=True)] == []


def test_a_membership_that_ended_gives_no_right_and_shows_nothing(people, panama):
    for person in people.values():
        person.memberships.update(ended_at=timezone.now())
        ended = again(person)
        assert [right for right in Right if may(ended, right, panama, any_agency=True)] == []
        assert not Programme.objects.visible_to(ended).exists()


def test_an_inactive_person_has_no_right_and_sees_nothing(people, panama):
    for person in people.values():
        person.is_active = False
        assert [right for right in Right if may(person, right, panama, any_agency=True)] == []
        assert not Programme.objects.visible_to(person).exists()
        assert not person.is_staff


def test_somebody_who_has_not_signed_in_has_no_right_and_sees_nothing(panama):
    nobody = AnonymousUser()
    assert [right for right in Right if may(nobody, right, panama)] == []
    assert not Programme.objects.visible_to(nobody).exists()


def test_what_each_role_covers(people, panama, elsewhere):
    for role, person in people.items():
        (membership,) = person.current_memberships
        assert covers(membership, panama)
        assert covers(membership, elsewhere) == (role == Role.ADMINISTRATOR)


def test_people_see_the_programmes_of_their_scope_and_no_other(people, stranger, panama, elsewhere):
    for role, person in people.items():
        seen = set(Programme.objects.visible_to(person))
        assert seen == ({panama, elsewhere} if role == Role.ADMINISTRATOR else {panama})
    assert set(Programme.objects.visible_to(stranger)) == {elsewhere}
    without = User.objects.create_user("nadie@example.org", "una-clave-larga-2011", name="Nadie")
    assert not Programme.objects.visible_to(without).exists()


def test_visible_to_chains_with_what_was_filtered_before(administrator, panama, elsewhere):
    assert list(Programme.objects.filter(code="OTHER-1").visible_to(administrator)) == [elsewhere]


def test_two_memberships_in_one_programme_show_it_once(reader, panama):
    Membership.objects.create(user=reader, role=Role.RCO, country=panama.country)
    assert list(Programme.objects.visible_to(again(reader))) == [panama]


def test_asking_for_many_programmes_costs_two_queries(rco_panama, django_assert_num_queries):
    for number in range(10):
        Programme.objects.create(
            code=f"MANY-{number}",
            country=Country.objects.get(iso2="PA"),
            fund=Fund.objects.get(code="MDG-F"),
        )
    with django_assert_num_queries(2):
        programmes = list(Programme.objects.visible_to(rco_panama))
        assert all(may(rco_panama, Right.EDIT_SECTIONS, programme) for programme in programmes)
    assert len(programmes) >= 11


def test_only_an_administrator_reaches_the_reference_data(people):
    assert {role: person.is_staff for role, person in people.items()} == {
        role: role == Role.ADMINISTRATOR for role in ROLES
    }


def test_every_block_of_the_sheet_names_the_right_to_edit_it():
    assert set(RIGHT_TO_EDIT) == set(Block)
    assert set(RIGHT_TO_EDIT.values()) <= set(Right)
