"""Finding a programme, an agency, a period or a person by what people type, for commands."""

from django.core.management.base import CommandError

from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.spreadsheets.purpose import names_of
from programmes.models import Agency, Period, Programme, User

USAGE = 2


def wrong_usage(sentence):
    return CommandError(sentence, returncode=USAGE)


def find_programme(code):
    try:
        return Programme.objects.select_related("country", "fund").get(code__iexact=code)
    except Programme.DoesNotExist:
        known = ", ".join(Programme.objects.values_list("code", flat=True)[:20])
        raise wrong_usage(f"There is no programme {code}. Known: {known or 'none'}.") from None


def find_agency(name):
    """An agency by its acronym in either language or by another name; ``None`` for the word ``programme``.

    A name of two agencies (WTO is UNWTO's and the World Trade Organization's) is asked about, never guessed.
    """
    if folded(name) == PROGRAMME_WORD:
        return None
    found = [agency for agency in Agency.objects.all() if folded(name) in {folded(known) for known in names_of(agency)}]
    if len(found) == 1:
        return found[0]
    if found:
        named = " or ".join(f"{agency.acronym_en} ({agency.name_en})" for agency in found)
        raise wrong_usage(f"{name} is a name of more than one agency. Write which: {named}.")
    raise wrong_usage(
        f"There is no agency {name}. Write its acronym in Spanish or English, or the word {PROGRAMME_WORD}."
    )


def find_period(code, programme):
    try:
        return Period.objects.get(fund=programme.fund_id, code__iexact=code)
    except Period.DoesNotExist:
        known = ", ".join(Period.objects.filter(fund=programme.fund_id).values_list("code", flat=True))
        raise wrong_usage(f"There is no period {code} in {programme.fund}. Known: {known or 'none'}.") from None


def find_person(email):
    try:
        return User.objects.get(email__iexact=email, is_active=True)
    except User.DoesNotExist:
        raise wrong_usage(f"Nobody has an account with the address {email}.") from None
