"""Transfers from the administrative agent to the agencies."""

from programmes.actions.arranging import arrange
from programmes.actions.writing import writing
from programmes.models import DisbursementShare


def arrange_all(*, programme, disbursements, shares, by, reason=""):
    """Write all disbursements; their order is their number.

    ``shares`` holds, per disbursement, ``{agency: amount}``; an agency that is not named has no stated share.
    """
    with writing(programme, by, reason):
        for disbursement in disbursements:
            disbursement.programme = programme
        arrange(programme.disbursements.all(), disbursements, order="ordinal", first=1)
        for disbursement, stated in zip(disbursements, shares, strict=True):
            _set_shares(disbursement, stated)


def _set_shares(disbursement, stated):
    known = {share.agency_id: share for share in disbursement.shares.all()}
    for agency, amount_usd in stated.items():
        share = known.pop(agency.pk, None)
        if share is None:
            DisbursementShare.objects.create(disbursement=disbursement, agency=agency, amount_usd=amount_usd)
        elif share.amount_usd != amount_usd:
            share.amount_usd = amount_usd
            share.save()
    for share in known.values():
        share.delete()
