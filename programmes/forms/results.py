"""Forms of results and of what was achieved under each."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.actions import results
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import language
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsForm, TextsModelForm, TextSpec
from programmes.models import Achievement, IndicatorFigure, Result
from programmes.models.narrative import digest

STATEMENT = TextSpec(_("Statement"), _("As the programme document says it."), limit=1000, rows=3, required=True)
HEADING = TextSpec(_("Short form"), _("Printed over its achievements; blank prints the statement."), limit=160)
RATING = TextSpec(_("Assessment"), _("A few words on progress; blank when there is none."), limit=120)
ACHIEVEMENT = TextSpec(_("What was achieved"), limit=2000, rows=4, required=True)


class ResultRow(RowMixin, TextsModelForm):
    texts = {"statement": STATEMENT, "heading": HEADING, "rating": RATING}

    class Meta:
        model = Result
        fields = ()


def result_rows(results, data):
    """The list of a programme's results."""
    return RowList(
        "results",
        ResultRow.builder(),
        results,
        data,
        title=_("Results"),
        row_title=_("Result"),
        add_label=_("Add a result"),
        empty=_("No result is entered yet."),
    )


def _goes_along(result):
    """What would be removed together with a result, each kind in a phrase."""
    achievements, indicators = result.achievements.count(), result.indicators.count()
    said = [
        (
            achievements,
            ngettext("%(result)s with %(count)s achievement", "%(result)s with %(count)s achievements", achievements),
        ),
        (
            indicators,
            ngettext("%(result)s with %(count)s indicator", "%(result)s with %(count)s indicators", indicators),
        ),
    ]
    return [phrase % {"result": result.label, "count": count} for count, phrase in said if count]


class RemovalForm(TextsForm):
    """Results that would take achievements or indicators with them are removed only by someone who says so."""

    removal_is_meant = forms.BooleanField(
        error_messages={"required": _("Tick this to remove them, or undo the removal.")}
    )

    def __init__(self, *args, removed, **kwargs):
        super().__init__(*args, **kwargs)
        counted = [said for result in removed for said in _goes_along(result)]
        self.fields["removal_is_meant"].label = _("Remove %(results)s") % {"results": ", ".join(counted)}


class ResultsPage(EditPage):
    block = Block.RESULTS
    save_label = _("Save results")

    def depending(self, name):
        """Removing a result removes its achievements and indicators: those that the person has seen, and no others."""
        below = {}
        achievements = Achievement.objects.filter(result__programme=self.programme)
        figures = IndicatorFigure.objects.filter(indicator__result__programme=self.programme)
        for result, *row in [
            *achievements.values_list("result_id", "pk", "text_es", "text_en"),
            *figures.values_list(
                "indicator__result_id", "pk", "indicator__name_es", "indicator__name_en", "value", "state"
            ),
        ]:
            below.setdefault(str(result), []).append(repr(row))
        return {key: digest("".join(sorted(rows))) for key, rows in below.items()}

    def build(self):
        rows = result_rows(self.programme.results.all(), self.data)
        removed = [result for result in rows.removed if _goes_along(result)]
        return ({"removal": RemovalForm(self.data, removed=removed)} if removed else {}) | {"results": rows}

    def write(self, reason):
        listed = [row.instance for row in self.parts["results"].filled]
        results.arrange_all(programme=self.programme, results=listed, by=self.person, reason=reason)


class AchievementRow(RowMixin, TextsModelForm):
    texts = {"text": ACHIEVEMENT}

    class Meta:
        model = Achievement
        fields = ()


class AchievementsPage(EditPage):
    block = Block.ACHIEVEMENTS
    save_label = _("Save achievements")

    def build(self):
        parts = {}
        for result in self.programme.results.prefetch_related("achievements"):
            short = (result.heading or result.statement).shown_in(language())[0]
            parts[f"result{result.pk}"] = RowList(
                f"result{result.pk}",
                AchievementRow.builder(),
                result.achievements.all(),
                self.data,
                title=f"{result.label} · {Truncator(short).chars(90)}",
                row_title=_("Achievement"),
                add_label=_("Add an achievement"),
                empty=_("Nothing is reported under this result yet."),
            )
        return parts

    def write(self, reason):
        by_key = {f"result{result.pk}": result for result in self.programme.results.all()}
        achievements = {by_key[name]: [row.instance for row in part.filled] for name, part in self.lists.items()}
        results.arrange_achievements(programme=self.programme, achievements=achievements, by=self.person, reason=reason)
