"""Leaving a finding as it is, with a reason; and opening it again."""

from django.utils import timezone

from programmes.actions.writing import writing
from programmes.models.findings import FindingAcceptance, seen_digest


def accept(*, programme, finding, reason, by):
    """Record that this finding stays, for the values it was seen with. Of two people the first one's reason holds."""
    place = {"code": finding.code, "where": str(finding.where), "anchor": finding.anchor}
    with writing(programme, by, reason):
        accepted, _is_new = FindingAcceptance.objects.in_force().get_or_create(
            programme=programme,
            **place,
            seen_digest=seen_digest(finding.seen),
            defaults={"seen": finding.seen, "reason": reason, "accepted_by": by, "accepted_at": timezone.now()},
        )
    return accepted


def withdraw(*, programme, acceptance, by):
    """Take an acceptance back: the finding is open again. ``acceptance`` is the finding's own."""
    place = {"code": acceptance.code, "where": acceptance.where, "anchor": acceptance.anchor}
    with writing(programme, by):
        held = programme.finding_acceptances.in_force().filter(**place, seen_digest=seen_digest(acceptance.seen))
        for stored in held:
            stored.withdrawn_at = timezone.now()
            stored.save(update_fields=["withdrawn_at"])
