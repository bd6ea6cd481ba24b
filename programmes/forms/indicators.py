"""Forms of the indicators of results, and of where each of them stood in a period."""

from django import forms
from django.db.models import Prefetch
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes import figures
from programmes.access import Right
from programmes.actions import indicators
from programmes.actions.indicators import Stated
from programmes.blocks import Block
from programmes.forms.edit_page import EditPage
from programmes.forms.fields import DayField, LineField, OneOf, ReadField, language, short
from programmes.forms.rows import RowList, RowMixin
from programmes.forms.texts import TextsModelForm, TextSpec
from programmes.models import Indicator, IndicatorFigure, Period
from programmes.models.narrative import digest
from programmes.quantities import BLANK, Quantity
from programmes.state_words import state_of

NAME = TextSpec(gettext_lazy("Indicator"), gettext_lazy("What is measured."), limit=240, rows=2, required=True)
UNIT = TextSpec(
    gettext_lazy("Unit"),
    gettext_lazy("What the number counts: families, per cent, USD."),
    limit=40,
    is_name=True,
)
LARGEST = 10**13
_BASELINE, _TARGET, _READING = IndicatorFigure.Kind


class QuantityField(ReadField):
    """A number, or the word for why there is none; blank: nobody has said anything."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"class": "num"}

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return "" if value == BLANK else figures.quantity(value, language()).replace("−", "-")

    def to_python(self, value):
        text = " ".join(short(value).split())
        if not text:
            return BLANK
        if state := state_of(text):
            return Quantity(None, state)
        try:
            number = figures.parse_amount(text)
        except forms.ValidationError as refusal:
            if refusal.code != "not_an_amount":
                raise
            message = _("“%(found)s” is no number. Write digits, or nd, na or pending when there is none.")
            raise forms.ValidationError(message, "not_a_number", {"found": text}) from refusal
        if abs(number) >= LARGEST or number != round(number, 2):
            raise forms.ValidationError(_("Write a number with two decimals at most."), "too_exact")
        return Quantity(number)


def _known(indicator, kind):
    """An indicator's figures of one kind, from what was read along with it."""
    return [figure for figure in indicator.figures.all() if figure.kind == kind] if indicator.pk else []


class IndicatorRow(RowMixin, TextsModelForm):
    """What is measured, where it began, where it shall go."""

    texts = {"name": NAME, "unit": UNIT}
    order = ("name", "unit", "baseline", "baseline_on", "baseline_source", "target", "target_on", "target_set_on")
    baseline = QuantityField(
        label=gettext_lazy("Baseline"), help_text=gettext_lazy("Where it began; nd when nobody measured it.")
    )
    baseline_on = DayField(label=gettext_lazy("Baseline of"), required=False)
    baseline_source = LineField(
        label=gettext_lazy("Source of the baseline"), help_text=gettext_lazy("A register, a survey."), limit=200
    )
    target = QuantityField(
        label=gettext_lazy("Target"), help_text=gettext_lazy("Another number is a revised target: the old one stays.")
    )
    target_on = DayField(label=gettext_lazy("To be reached by"), required=False)
    target_set_on = DayField(
        label=gettext_lazy("Target set on"),
        help_text=gettext_lazy("The day it was decided: sheets of earlier dates show the target before. Blank: today."),
        required=False,
    )

    class Meta:
        model = Indicator
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        baseline = next(iter(_known(self.instance, _BASELINE)), None)
        targets = sorted(_known(self.instance, _TARGET), key=lambda figure: figure.set_on)
        self._begin_with("baseline", baseline)
        self._begin_with("target", targets[-1] if targets else None)
        self.fields["target_set_on"].initial = targets[-1].set_on if targets else None
        self.fields["baseline_source"].initial = baseline.source if baseline else ""

    def _begin_with(self, name, figure):
        self.fields[name].initial = figure.quantity if figure else BLANK
        self.fields[f"{name}_on"].initial = figure.on if figure else None

    def stated(self, today):
        """The indicator, its baseline and its target, as the verb takes them."""
        given = self.cleaned_data
        baseline = Stated(given["baseline"], given["baseline_on"], given["baseline_source"])
        is_revised = {"target", "target_on"} & set(self.changed_data)
        kept_day = "target_set_on" not in self.changed_data
        set_on = today if is_revised and kept_day else given["target_set_on"] or today
        return self.instance, baseline, Stated(given["target"], given["target_on"], set_on=set_on)


def _read(programme):
    """The results with their indicators and figures, in three queries."""
    shown = Prefetch("indicators", Indicator.objects.prefetch_related("figures__period"))
    return list(programme.results.prefetch_related(shown))


def _titled(result):
    short_form = (result.heading or result.statement).shown_in(language())[0]
    return f"{result.label} · {Truncator(short_form).chars(90)}"


class IndicatorsPage(EditPage):
    """The indicators under each result."""

    block = Block.RESULTS
    right = Right.EDIT_SECTIONS
    title = gettext_lazy("Indicators")
    save_label = gettext_lazy("Save indicators")

    def depending(self, name):
        """Removing an indicator removes its readings: those that the person has seen, and no others."""
        below = {}
        readings = IndicatorFigure.objects.filter(indicator__result__programme=self.programme, kind=_READING)
        for indicator, *reading in readings.values_list("indicator_id", "pk", "period_id", "value", "state"):
            below.setdefault(str(indicator), []).append(repr(reading))
        return {key: digest("".join(sorted(rows))) for key, rows in below.items()}

    def build(self):
        self.results = {f"result{result.pk}": result for result in _read(self.programme)}
        return {name: self._list(name, result) for name, result in self.results.items()}

    def _list(self, name, result):
        return RowList(
            name,
            IndicatorRow.builder(),
            result.indicators.all(),
            self.data,
            title=_titled(result),
            row_title=_("Indicator"),
            add_label=_("Add an indicator"),
            empty=_("Nothing is measured under this result yet."),
        )

    def write(self, reason):
        listed = {
            self.results[name]: [row.stated(self.today) for row in part.filled] for name, part in self.lists.items()
        }
        indicators.arrange_all(programme=self.programme, indicators=listed, by=self.person, reason=reason)


class ReadingRow(RowMixin, TextsModelForm):
    """Where an indicator stood at the end of one period."""

    order = ("period", "reading", "source")
    reading = QuantityField(label=gettext_lazy("Reading"))
    source = LineField(label=gettext_lazy("Source"), limit=200)

    class Meta:
        model = IndicatorFigure
        fields = ("source",)

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"] = OneOf(
            periods, lambda period: period.code, label=gettext_lazy("Period"), initial=self.instance.period_id
        )
        self.fields["reading"].initial = self.instance.quantity if self.instance.pk else BLANK

    def clean(self):
        cleaned = super().clean()
        read = cleaned.get("reading")
        if cleaned.get("period"):
            self.instance.period = cleaned["period"]
        self.instance.kind = _READING
        if read is not None:
            self.instance.value, self.instance.state = read.value, read.state
        return cleaned

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"indicator", "set_on", "on"}


class ReadingsPage(EditPage):
    """The readings of each indicator, period by period."""

    block = Block.RESULTS
    right = Right.EDIT_SECTIONS
    title = gettext_lazy("Readings of the indicators")
    save_label = gettext_lazy("Save readings")

    def build(self):
        periods = list(Period.objects.filter(fund=self.programme.fund_id).order_by("starts_on"))
        self.indicators = {
            f"indicator{indicator.pk}": (result, indicator)
            for result in _read(self.programme)
            for indicator in result.indicators.all()
        }
        return {name: self._list(name, *pair, periods) for name, pair in self.indicators.items()}

    def _list(self, name, result, indicator, periods):
        readings = sorted(_known(indicator, _READING), key=lambda figure: figure.period.starts_on)
        unit = indicator.unit.shown_in(language())[0]
        title = f"{result.label} · {indicator.name.shown_in(language())[0]}"
        return RowList(
            name,
            ReadingRow.builder(periods=periods),
            readings,
            self.data,
            title=f"{title} ({unit})" if unit else title,
            row_title=_("Reading"),
            add_label=_("Add a reading"),
            empty=_("It has not been read yet."),
            ordered=False,
            once=("period", _("This period already has a reading of the indicator.")),
        )

    def write(self, reason):
        readings = {
            self.indicators[name][1]: [row.instance for row in part.filled] for name, part in self.lists.items()
        }
        indicators.record_readings(programme=self.programme, readings=readings, by=self.person, reason=reason)
