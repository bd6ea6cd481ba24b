"""What the portfolio says of each programme, as last worked out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Performance
from programmes.models.money import usd_field
from programmes.quantities import Sum

#: From worst to best; a programme that is being reformulated is neither.
RANK = {
    name: rank
    for rank, name in enumerate(
        (
            Performance.STALLED,
            Performance.DELAYED,
            Performance.NEEDS_ATTENTION,
            Performance.REFORMULATION,
            Performance.ON_TRACK,
            Performance.COMPLETED,
        )
    )
}


class Trend(models.TextChoices):
    """How a judgement of the status compares with the one before."""

    BETTER = "better", _("better than before")
    SAME = "same", _("as before")
    WORSE = "worse", _("worse than before")


def _reported(label):
    return models.PositiveIntegerField(label, default=0, help_text=_("How many figures or agencies were reported."))


def _missing(label):
    return models.PositiveIntegerField(label, default=0, help_text=_("How many of them are missing."))


def _money(label):
    return usd_field(label, null=True, help_text=_("Sum of what the agencies reported last; blank when none did."))


def _persons(label):
    return models.PositiveBigIntegerField(
        label, null=True, help_text=_("Direct, to date, from the programme's totals; blank when there is no data.")
    )


def _complete_to(label):
    return models.DateField(label, null=True, help_text=_("What is missing came after this day; blank otherwise."))


class PortfolioRow(models.Model):
    """What the portfolio sorts, sums and searches of one programme, when a worker last looked.

    Derived, so it has no history; while ``version`` or ``counted_on`` lags behind, the list says so.
    """

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, primary_key=True, related_name="portfolio_row"
    )
    version = models.PositiveIntegerField(
        _("version"), help_text=_("Of the programme and its totals, when they were looked at.")
    )
    counted_on = models.DateField(_("counted on"), help_text=_("Time elapsed and what is due are of this day."))
    as_of_on = models.DateField(_("as of"), help_text=_("The date of the programme's sheet on that day."))
    sought = models.TextField(
        _("what a search looks in"),
        help_text=_("Code, titles, country, window and agencies in both languages, without accents or capitals."),
    )
    agencies = models.TextField(
        _("agencies"),
        help_text=_("Those of the last revision, the largest budget first, by acronym in English: |FAO|UNDP|."),
    )
    performance = models.CharField(
        _("performance"), max_length=20, blank=True, help_text=_("As last judged; blank when nobody has.")
    )
    performance_before = models.CharField(
        _("performance before"), max_length=20, blank=True, help_text=_("The judgement before that; blank without one.")
    )
    elapsed = models.PositiveSmallIntegerField(
        _("time elapsed, per cent"), null=True, help_text=_("Days since the start / days to the end; blank without.")
    )
    budget_usd = usd_field(_("budget, USD"), null=True, help_text=_("As the last revision states it; blank without."))
    transferred_usd = usd_field(_("transferred, USD"), help_text=_("All disbursements made."))
    committed_usd = _money(_("committed, USD"))
    committed_reported = _reported(_("committed: reported"))
    committed_missing = _missing(_("committed: missing"))
    spent_usd = _money(_("spent, USD"))
    spent_reported = _reported(_("spent: reported"))
    spent_missing = _missing(_("spent: missing"))
    delivered = models.PositiveSmallIntegerField(
        _("delivered, per cent"), null=True, help_text=_("Spent / budget; blank until every agency has reported.")
    )
    women = _persons(_("women"))
    women_reported = _reported(_("women: reported"))
    women_missing = _missing(_("women: missing"))
    women_complete_to_on = _complete_to(_("women: complete to"))
    men = _persons(_("men"))
    men_reported = _reported(_("men: reported"))
    men_missing = _missing(_("men: missing"))
    men_complete_to_on = _complete_to(_("men: complete to"))
    texts = models.PositiveIntegerField(_("texts"), help_text=_("That hold anything."))
    texts_es = models.PositiveIntegerField(_("texts in order in Spanish"), help_text=_("Original or current."))
    texts_en = models.PositiveIntegerField(_("texts in order in English"), help_text=_("Original or current."))
    due_period = models.ForeignKey(
        "programmes.Period",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("period that is due"),
        help_text=_("The last one of the programme's life that has ended and is open; blank without."),
    )
    due_agencies = models.PositiveSmallIntegerField(
        _("agencies that owe it figures"), default=0, help_text=_("Those that have sent none for that period.")
    )

    class Meta:
        verbose_name = _("row of the portfolio")
        verbose_name_plural = _("rows of the portfolio")

    def __str__(self):
        return f"{self.programme_id}"

    def sum_of(self, name):
        """Committed, spent, women or men, as a sum that remembers what is missing."""
        known = getattr(self, f"{name}_usd" if name in ("committed", "spent") else name)
        parts = (getattr(self, f"{name}_{part}") for part in ("reported", "missing"))
        return Sum(known, *parts, getattr(self, f"{name}_complete_to_on", None))

    @property
    def trend(self):
        """Nothing when there is one judgement only, or one of the two says that it is being reformulated."""
        ranks = [RANK.get(name) for name in (self.performance_before, self.performance)]
        if None in ranks or Performance.REFORMULATION in (self.performance_before, self.performance):
            return ""
        before, now = ranks
        return Trend.SAME if before == now else Trend.BETTER if now > before else Trend.WORSE
