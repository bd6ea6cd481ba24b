"""The demonstration: every fact of the sheet of 2011 as it was stated, in both languages, and one account per role."""

import datetime as dt
import re
from decimal import Decimal
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.test import override_settings

from beneficiaries.models import Submission
from programmes.models import Agency, Membership, Programme, Role, Section, SectionText, Translation, User
from programmes.models.narrative import BilingualField, RichTextField, sanitise
from reporting.demonstration import PASSWORD

pytestmark = pytest.mark.django_db
ACCOUNTS = {
    "oficina.cr@panama.example": Role.RCO,
    "fao@panama.example": Role.FOCAL_POINT,
    "onudi@panama.example": Role.FOCAL_POINT,
    "secretariado@fund.example": Role.SECRETARIAT,
    "lector@panama.example": Role.READER,
    "administracion@ficha.example": Role.ADMINISTRATOR,
}


def seed(**options):
    out = StringIO()
    call_command("seed_demo", force=True, stdout=out, **options)
    return out.getvalue()


def everything():
    """Every row of our own tables."""
    ours = ("programmes", "beneficiaries", "reporting")
    models = [model for label in ours for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def texts(programme):
    """Every text in two languages that the sheet of the programme shows: (where, text, is it rich)."""
    owners = [programme, *programme.government_entities.all(), *programme.results.all()]
    owners += [item for result in programme.results.all() for item in result.achievements.all()]
    owners += [*programme.status_assessments.all(), *section_texts(programme).values()]
    for owner in owners:
        for name, value in vars(type(owner)).items():
            if isinstance(value, BilingualField):
                is_rich = isinstance(owner._meta.get_field(f"{name}_es"), RichTextField)
                yield f"{owner} {name}", getattr(owner, name), is_rich


def section_texts(programme):
    found = [*programme.section_texts.all(), *programme.country.section_texts.all()]
    return {text.section.slug: text for text in found}


def test_a_second_run_changes_nothing():
    before = everything()
    seed()
    assert everything() == before


def test_a_second_run_overwrites_no_edit(panama, reader):
    panama.rco_contact_name = "Otra persona"
    panama.save()
    panama.results.all().delete()
    Agency.objects.filter(acronym_en="FAO").update(name_es="Otro nombre")
    Section.objects.filter(slug="summary").update(label_en="In brief")
    reader.set_password("otra clave larga")
    reader.save()
    reader.memberships.all().delete()
    before = everything()
    assert "Accounts that existed keep their password" in seed()
    assert everything() == before


def test_what_is_missing_is_added_again():
    Agency.objects.filter(acronym_en="World Bank").delete()
    seed()
    assert Agency.objects.filter(acronym_en="World Bank").exists()


def test_it_refuses_a_real_portal_unless_forced():
    User.objects.filter(email="lector@panama.example").delete()
    with override_settings(DEBUG=False), pytest.raises(CommandError, match="--force"):
        call_command("seed_demo", stdout=StringIO())
    assert not User.objects.filter(email="lector@panama.example").exists()
    with override_settings(DEBUG=True):
        call_command("seed_demo", stdout=StringIO())
    assert User.objects.filter(email="lector@panama.example").exists()


def test_the_accounts_are_printed_as_an_aligned_table():
    lines = seed().splitlines()
    rows = [line for line in lines if line.split("  ")[0] in ACCOUNTS]
    assert len(rows) == len(ACCOUNTS)
    header = next(line for line in lines if "/ password" in line)
    assert {line.index(PASSWORD) for line in rows} == {header.index("Contraseña")}


@pytest.mark.parametrize(("email", "role"), ACCOUNTS.items())
def test_one_account_per_role_can_sign_in(client, panama, email, role):
    user = User.objects.get(email=email)
    assert user.check_password(PASSWORD)
    assert user.language == ""
    validate_password(PASSWORD, user)
    assert EmailAddress.objects.filter(user=user, email=email, verified=True, primary=True).exists()
    membership = Membership.objects.get(user=user)
    membership.full_clean()
    assert membership.role == role
    assert Programme.objects.visible_to(user).get() == panama


def test_identity_and_money_are_as_stated(panama):
    assert (panama.code, panama.registry_code) == ("MDGF-2097", "MDGF-2097-D-PAN")
    assert (panama.country.iso2, panama.fund.code, panama.window.code_letter) == ("PA", "MDG-F", "D")
    assert panama.starts_on == dt.date(2009, 12, 18)
    assert (panama.coordinator_name, panama.rco_contact_name) == ("", "Katherine Mcaleer")
    first, extension = panama.revisions.all()
    assert (first.ends_on, extension.ends_on) == (dt.date(2012, 12, 18), dt.date(2011, 6, 18))
    for revision in (first, extension):
        budgets = [(budget.agency.acronym_en, budget.amount_usd) for budget in revision.agency_budgets.all()]
        assert budgets == [
            ("UNWTO", 802500),
            ("FAO", 1839500),
            ("UNIDO", 2067168),
            ("UNCTAD", 797732),
            ("UNDP", 2439100),
        ]
        assert revision.total_budget_usd - sum(amount for _agency, amount in budgets) == 54000
        assert revision.approved_on is None
    assert list(panama.disbursements.values_list("ordinal", "state", "made_on", "amount_usd")) == [
        (1, "made", dt.date(2009, 12, 18), Decimal(2033649)),
        (2, "made", dt.date(2011, 5, 26), Decimal(3089466)),
        (3, "planned", None, None),
    ]


def test_parties_places_goals_and_dates_are_as_stated(panama):
    assert [entity.name_es for entity in panama.government_entities.all()] == [
        "Ministerio de Desarrollo Agropecuario",
        "Autoridad del Turismo de Panamá",
        "Ministerio Comercio e Industrias",
        "Autoridad de la Pequeña y Mediana Empresa",
        "Ministerio de Economía y Finanzas",
    ]
    assert list(panama.programme_areas.values_list("area__iso_code", "state")) == [
        ("PA-2", "active"),
        ("PA-6", "active"),
        ("PA-9", "active"),
        ("PA-4", "deferred"),
    ]
    assert [str(found.target) for found in panama.programme_targets.all()] == ["MDG 1.B"]
    assert list(panama.missions.values_list("held_on", "precision")) == [
        (dt.date(2009, 2, 1), "month"),
        (dt.date(2010, 3, 1), "month"),
        (dt.date(2011, 2, 1), "month"),
    ]
    members = list(panama.mission_members.values_list("name", "mission"))
    assert members == [("Jose Antonio Gonzalez", None), ("Regina Gallego", None)]
    evaluation = panama.evaluations.get()
    assert (evaluation.evaluator, evaluation.period_state, evaluation.report_url) == ("Alejandro Raush", "pending", "")


def test_results_achievements_and_status_are_as_stated(panama):
    results = list(panama.results.all())
    assert [result.achievements.count() for result in results] == [3, 2, 1, 4]
    assert [result.rating_es for result in results] == ["", "", "No avances sustantivos", ""]
    assert [result.rating_en for result in results] == ["", "", "No substantive progress", ""]
    status = panama.status_assessments.get()
    assert (status.performance, status.assessed_on, status.assessed_by) == ("delayed", dt.date(2011, 10, 31), None)
    assert status.narrative_es.count("<p>") == status.narrative_en.count("<p>") == 3


def test_the_figures_are_one_cumulative_submission_for_the_whole_programme(panama):
    submission = Submission.objects.accepted().get(programme=panama)
    assert (submission.agency, submission.period.code, submission.revision) == (None, "2011-S2", 1)
    assert (submission.basis, submission.counted_to_on) == ("cumulative", dt.date(2011, 10, 31))
    assert not submission.file
    assert submission.uploaded_by is None
    counts = list(submission.counts.values_list("category__code", "reach", "value", "state", "area"))
    assert counts == [
        ("institutions", "direct", 83, "reported", None),
        ("institutions", "indirect", None, "nd", None),
        ("women", "direct", 518, "reported", None),
        ("women", "indirect", 1242, "reported", None),
        ("men", "direct", 269, "reported", None),
        ("men", "indirect", 948, "reported", None),
        ("ethnic_groups", "direct", 0, "reported", None),
        ("ethnic_groups", "indirect", 0, "reported", None),
    ]


@pytest.mark.parametrize(
    ("slug", "points", "facts"),
    [
        ("summary", 0, ["Red de Oportunidades", "Impulso Panamá", "(i)", "(ii)", "(iii)", "(iv)"]),
        ("gender", 4, []),
        ("leadership", 3, ["AMPYME"]),
        ("civil-society", 1, ["2011"]),
        ("harmonisation", 2, ["DGAN", "MICI", "618,000 balboas", "Coclé", "sombrero pintado"]),
        ("innovation", 1, ["5", "1"]),
        ("rco-role", 2, ["UNCT"]),
        ("coordination", 4, []),
        ("scalability", 0, ["ATP"]),
        ("monitoring-evaluation", 4, ["Task Force", "2011"]),
    ],
)
def test_each_section_keeps_its_points_and_its_names_in_both_languages(panama, slug, points, facts):
    text = section_texts(panama)[slug].text
    for html in (text.es, text.en):
        assert html.count("<li>") == points
        assert [fact for fact in facts if fact not in html] == []


def test_blank_sections_stay_blank_and_plans_are_answered(panama):
    written = section_texts(panama)
    assert {slug: text.answer for slug, text in written.items() if text.answer} == {
        "sustainability": "no",
        "communication": "no",
    }
    assert not {"accountability", "external-factors", "paris-declaration"} & set(written)
    shared = SectionText.objects.filter(country=panama.country).values_list("section__slug", flat=True)
    assert set(shared) == {"rco-role", "monitoring-evaluation"}


def test_every_text_is_complete_in_both_languages_and_clean(panama):
    seen = 0
    for where, text, is_rich in texts(panama):
        if not text:
            continue
        seen += 1
        assert text.state("es") == Translation.ORIGINAL, where
        assert text.state("en") == Translation.CURRENT, where
        assert sorted(re.findall(r"\d[\d,.]*\d|\d", text.es)) == sorted(re.findall(r"\d[\d,.]*\d|\d", text.en)), where
        for html in (text.es, text.en):
            assert sanitise(html) == html if is_rich else "<" not in html, where
    assert seen == 1 + 5 + 4 * 2 + 1 + 10 + 1 + 10


def test_every_fact_is_in_the_history_with_its_origin(panama):
    owners = [panama, *panama.revisions.all(), *panama.disbursements.all(), *panama.results.all()]
    owners += [*panama.status_assessments.all(), *panama.section_texts.all(), *panama.submissions.all()]
    for owner in owners:
        record = owner.history.get()
        assert "taken over from the status sheet of 2011" in record.history_change_reason
        assert record.history_user is None
