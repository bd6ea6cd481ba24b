"""The demonstration: reference data, the Panama programme of 2011, and one account per role.

Everything is added where it is missing and left alone where it is there: a second run changes nothing.
"""

import json

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from beneficiaries.models import Basis, Category, Count, Reach, Submission
from programmes.history import acting
from programmes.models import (
    Achievement,
    Agency,
    AgencyBudget,
    Area,
    Country,
    Disbursement,
    Evaluation,
    Fund,
    GovernmentEntity,
    Membership,
    Mission,
    MissionMember,
    Period,
    Programme,
    ProgrammeArea,
    ProgrammeTarget,
    Result,
    Revision,
    Role,
    Section,
    SectionText,
    StatusAssessment,
    Target,
    ThematicWindow,
    User,
)
from programmes.models.narrative import LANGUAGE_CODES, digest, sanitise
from programmes.quantities import State
from reporting import issuing
from reporting.imprint import Imprint, verify_address
from reporting.models import IssueState, SheetIssue
from reporting.rendering import PangoMissing
from reporting.status_sheet import build_status_sheet, default_as_of

FIXTURES = settings.ROOT / "fixtures"
#: In this order: what comes later refers to what came before.
REFERENCE_FILES = ("fund", "template", "agencies", "places", "goals", "categories")
REASON = "Tomado de la ficha de estado de 2011 / taken over from the status sheet of 2011"
ACCOUNT_REASON = "Cuenta de demostración / demonstration account"
PASSWORD = "cada cifra tiene su fuente"


def load_reference_data():
    """Add the entries that the database does not have yet; returns how many were added."""
    added = 0
    for name in REFERENCE_FILES:
        text = (FIXTURES / f"{name}.json").read_text(encoding="utf-8")
        for entry in serializers.deserialize("json", text):
            if entry.object.pk is None:
                entry.object.save()  # not the fixture's raw way, which leaves no history
                added += 1
    return added


def load_panama():
    """The Panama programme with everything its sheet of 2011 says; returns it and whether it was made now."""
    facts = json.loads((FIXTURES / "panama.json").read_text(encoding="utf-8"))
    existing = Programme.objects.filter(code=facts["programme"]["code"]).first()
    if existing is not None:
        return existing, False
    with acting(None, REASON):
        programme = _programme(facts["programme"])
        _money(programme, facts)
        _parties_and_places(programme, facts)
        for result in facts["results"]:
            _result(programme, result)
        _monitoring(programme, facts)
        for slug, section in facts["sections"].items():
            _section_text(programme, slug, section)
        _beneficiaries(programme, facts["beneficiaries"])
    return programme, True


def _text(name, text):
    """The columns of a text in both languages, written in Spanish, its translation confirmed; ``None`` is blank."""
    if text is None:
        return {}
    return {f"{name}_es": text["es"], f"{name}_en": text["en"], f"{name}_confirmed": digest(text["es"])}


def _rich_text(name, blocks):
    """The same of paragraphs (strings) and bullet points (lists)."""
    return _text(name, {language: sanitise(_html(blocks[language])) for language in LANGUAGE_CODES})


def _html(blocks):
    return mark_safe("").join(
        format_html("<p>{}</p>", block)
        if isinstance(block, str)
        else format_html("<ul>{}</ul>", format_html_join("", "<li><p>{}</p></li>", ((item,) for item in block)))
        for block in blocks
    )


def _programme(facts):
    fund = Fund.objects.get(code=facts["fund"])
    references = {
        "fund": fund,
        "country": Country.objects.get(iso2=facts["country"]),
        "window": ThematicWindow.objects.get(fund=fund, slug=facts["window"]),
    }
    title = facts.pop("title")
    return Programme.objects.create(**facts | references, **_text("title", title))


def _money(programme, facts):
    for stated in facts["revisions"]:
        revision = Revision.objects.create(programme=programme, **stated)
        for position, budget in enumerate(facts["agency_budgets"]):
            AgencyBudget.objects.create(
                revision=revision,
                agency=Agency.objects.get(acronym_en=budget["agency"]),
                amount_usd=budget["amount_usd"],
                position=position,
            )
    for disbursement in facts["disbursements"]:
        Disbursement.objects.create(programme=programme, **disbursement)


def _parties_and_places(programme, facts):
    for position, name in enumerate(facts["government_entities"]):
        GovernmentEntity.objects.create(programme=programme, position=position, **_text("name", name))
    for position, stated in enumerate(facts["areas"]):
        area = Area.objects.get(country=programme.country, slug=stated["area"])
        ProgrammeArea.objects.create(programme=programme, area=area, state=stated["state"], position=position)
    for position, key in enumerate(facts["targets"]):
        target = Target.objects.get_by_natural_key(*key)
        ProgrammeTarget.objects.create(programme=programme, target=target, position=position)


def _result(programme, facts):
    result = Result.objects.create(
        programme=programme,
        number=facts["number"],
        **_text("statement", facts["statement"]),
        **_text("heading", facts["heading"]),
        **_text("rating", facts["rating"]),
    )
    for position, text in enumerate(facts["achievements"]):
        Achievement.objects.create(result=result, position=position, **_text("text", text))


def _monitoring(programme, facts):
    status = facts["status"]
    narrative = _rich_text("narrative", status.pop("narrative"))
    StatusAssessment.objects.create(programme=programme, **status, **narrative)
    for month in facts["missions"]:
        Mission.objects.create(programme=programme, held_on=month)
    for position, name in enumerate(facts["mission_members"]):
        MissionMember.objects.create(programme=programme, name=name, position=position)
    Evaluation.objects.create(programme=programme, **facts["evaluation"])


def _section_text(programme, slug, facts):
    """Country-level sections are written once for Panama; a text the country already has is left alone."""
    section = Section.objects.get(fund=programme.fund, slug=slug)
    owner = {"country": programme.country} if section.is_country_level else {"programme": programme}
    if not SectionText.objects.filter(section=section, **owner).exists():
        text = _rich_text("text", facts) if "es" in facts else {}
        SectionText.objects.create(section=section, answer=facts.get("answer", ""), **owner, **text)


def _beneficiaries(programme, facts):
    """The sheet's figures are the whole programme's: how the agencies shared them is not known."""
    now = timezone.now()
    submission = Submission.objects.create(
        programme=programme,
        period=Period.objects.get(fund=programme.fund, code=facts["period"]),
        revision=1,
        basis=Basis.CUMULATIVE,
        counted_to_on=facts["counted_to_on"],
        status=Submission.Status.ACCEPTED,
        reason=facts["reason"],
        uploaded_at=now,
        accepted_at=now,
    )
    for row in facts["counts"]:
        category = Category.objects.get(code=row["category"])
        for reach in Reach:
            value, state = (None, State.ND) if row[reach] == "nd" else (row[reach], State.REPORTED)
            Count.objects.create(submission=submission, category=category, reach=reach, value=value, state=state)


def load_issued_sheet(programme, reason=REASON):
    """The sheet of 2011 as number 1, so that a reader finds one; ``None`` where the machine cannot make PDFs.

    It is of before the portal: nobody here submitted, endorsed or issued it. What its figures do not add up to is
    printed as stated, and stays an open finding of the live sheet.
    """
    if programme.sheet_issues.exists():
        return False
    programme = Programme.objects.for_reading().get(pk=programme.pk)
    now = timezone.now()
    as_of = default_as_of(programme, timezone.localdate(now))
    token = salted_hmac("reporting.demonstration", programme.code).hexdigest()[:32]
    with transaction.atomic(), acting(None, reason):
        issue = SheetIssue(
            programme=programme,
            period=Period.objects.get(fund=programme.fund, starts_on__lte=as_of, ends_on__gte=as_of),
            state=IssueState.SUBMITTED,
            as_of_on=as_of,
            frozen=issuing.freeze(build_status_sheet(programme, as_of)),
            submitted_at=now,
        )
        try:
            files = issuing.print_files(issue, Imprint(1, timezone.localdate(now), verify_address(token)))
        except PangoMissing:
            return None
        issue.save()
        issuing.put_in_force(issue, number=1, token=token, files=files, by=None, at=now)
    return True


def accounts(programme):
    """One demonstration account per role: e-mail, name, role in both languages, role and its scope."""
    agency = {found.acronym_en: found for found in Agency.objects.filter(acronym_en__in=("FAO", "UNIDO"))}
    return [
        ("oficina.cr@panama.example", "Oficina del CR", "OCR, Panamá / RCO, Panama",
         Role.RCO, {"country": programme.country}),
        ("fao@panama.example", "Punto focal de la FAO", "Punto focal, FAO / focal point, FAO",
         Role.FOCAL_POINT, {"programme": programme, "agency": agency["FAO"]}),
        ("onudi@panama.example", "Punto focal de la ONUDI", "Punto focal, ONUDI / focal point, UNIDO",
         Role.FOCAL_POINT, {"programme": programme, "agency": agency["UNIDO"]}),
        ("secretariado@fund.example", "Secretariado del F-ODM", "Secretariado, F-ODM / Secretariat, MDG-F",
         Role.SECRETARIAT, {"fund": programme.fund}),
        ("lector@panama.example", "Lectora de Panamá", "Lectura / reader", Role.READER, {"programme": programme}),
        ("administracion@ficha.example", "Administración de Ficha", "Administración / administrator",
         Role.ADMINISTRATOR, {}),
    ]  # fmt: skip


def load_accounts(programme):
    """Make the accounts that are missing; those that are there keep their password and their roles."""
    made = 0
    password = None
    for email, name, _label, role, scope in accounts(programme):
        if User.objects.filter(email=email).exists():
            continue
        # Hashing is slow on purpose: all six know the same password, so it is hashed once.
        password = password or make_password(PASSWORD)
        with acting(None, ACCOUNT_REASON):
            user = User.objects.create(email=email, name=name, password=password)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            Membership.objects.create(user=user, role=role, **scope)
        made += 1
    return made
