"""The programmes of one page with the columns a light row needs. One query."""

from django.db.models import Count, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from programmes.models import (
    Disbursement,
    Programme,
    Revision,
    StatusAssessment,
)
from reporting.status_sheet import last_dated_facts

PAGE = 100


def page_of(programmes, number, today):
    """The programmes of a page, by code, and how many there are in all."""
    start = (number - 1) * PAGE
    keys = programmes.order_by("code").values("pk")[start : start + PAGE]
    everything = programmes.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    rows = Programme.objects.filter(pk__in=Subquery(keys)).annotate(matching=Subquery(everything), **columns(today))
    found = list(rows.for_reading().select_related("finding_count").order_by("code"))
    return found, found[0].matching if found else 0


def latest_performance():
    """The last judgement of a programme's status; "" when nobody has judged."""
    judged = StatusAssessment.objects.filter(programme=OuterRef("pk")).order_by("-assessed_on", "-pk")
    return Coalesce(Subquery(judged.values("performance")[:1]), Value(""))


def columns(today):
    made = Disbursement.objects.filter(programme=OuterRef("pk"), made_on__lte=today).order_by()
    revisions = Revision.objects.filter(programme=OuterRef("pk")).approved_by(today)
    last = revisions.order_by("-number")
    return {
        **last_dated_facts(today),
        "performance": latest_performance(),
        "transferred_usd": Subquery(made.values("programme").annotate(n=Sum("amount_usd")).values("n")),
        "last_revision": Subquery(last.values("pk")[:1]),
        "stated_usd": Subquery(last.values("total_budget_usd")[:1]),
        "stated_end": Subquery(last.values("ends_on")[:1]),
        "first_end": Subquery(revisions.values("ends_on")[:1]),
        "latest_end": Subquery(revisions.order_by("-ends_on").values("ends_on")[:1]),
    }
