"""The agreed figures of a programme, each with its range, in one form for one date; and what was agreed before."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from beneficiaries import agreeing
from beneficiaries.dating import default_as_of
from beneficiaries.models import Reach
from beneficiaries.totals import count
from beneficiaries.totals.agreed import Lapse
from beneficiaries.totals.loading import load
from programmes import figures
from programmes.forms.fields import DayField, LineField, ReadField, short

MOST = 2_147_483_647


class DateForm(forms.Form):
    """The date for which figures are agreed."""

    on = DayField(label=gettext_lazy("Agreed for"), required=False)


class CountField(ReadField):
    """A whole number, empty for none."""

    def prepare_value(self, value):
        return figures.number(value) if isinstance(value, int) else value

    def to_python(self, value):
        text = short(value)
        if not text:
            return None
        read = figures.parse_number(text)
        if isinstance(read, figures.Ambiguous):
            raise forms.ValidationError(
                _("“%(found)s” can be read in two ways. Write the number without a separator."),
                params={"found": text},
            )
        if read is None or read != int(read) or not 0 <= read <= MOST:
            raise forms.ValidationError(
                _("“%(found)s” is no count. Write a whole number, or leave the field empty."), params={"found": text}
            )
        return int(read)


class AgreeForm(forms.Form):
    """A field for each category and reach that has a range, or is agreed already."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("How the figure was agreed: it is shown beside it to everybody."),
        limit=agreeing.REASON_LENGTH,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {}
        for line in lines:
            if not line.span.why_not or line.held:
                name = f"{line.row.code}-{line.reach}"
                label = f"{line.label}, {Reach(line.reach).label}"
                # What has lapsed stands beside the field: it is renewed by typing it, never by saving another.
                initial = line.held.value if line.held and not line.has_lapsed else None
                self.fields[name] = CountField(label=label, initial=initial, required=False)
                self.fields[name].widget.attrs |= {"inputmode": "numeric", "class": "num"}
                self.keys[name] = (line.row.code, line.reach)
        self.order_fields([*self.keys, "reason", "seen"])

    @property
    def values(self):
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}

    def tell(self, problems):
        """The refusals of the verb, each at its field."""
        names = {key: name for name, key in self.keys.items()} | {None: "reason"}
        for key, sentence in problems.items():
            self.add_error(names.get(key), sentence)


@dataclass
class Line:
    """One category and reach: what can be agreed, what is, and why it may not hold any more."""

    row: object
    reach: str
    bounds: object
    span: object
    held: object | None
    label: str
    has_lapsed: bool = False
    field: object = None


class AgreedScreen:
    """The page for one date: by default the last day to which figures count."""

    def __init__(self, programme, today, asked, data=None):
        self.programme, self.today, self.data = programme, today, data
        self.dates = DateForm(asked if asked.get("on") else None)
        self.language = (get_language() or "es")[:2]
        self.has_moved = False

    @cached_property
    def on(self):
        chosen = self.dates.cleaned_data.get("on") if self.dates.is_bound and self.dates.is_valid() else None
        return chosen or self.now.counted_to_on or self.now.as_of_on

    @cached_property
    def now(self):
        """The totals that the sheet prints now."""
        as_of = default_as_of(self.programme, self.today)
        return count(load(self.programme, as_of), as_of)

    @cached_property
    def basis(self):
        return agreeing.basis_at(self.programme, self.on)

    @cached_property
    def lines(self):
        found = []
        for reach in Reach:
            for row in self.basis.totals.rows:
                key = row.code, reach.value
                held = self.basis.in_force.get(key)
                lapsed = held is not None and held.submissions_digest != self.basis.digest
                bounds, span = self.basis.totals.ranges[key], self.basis.span(*key)
                found.append(Line(row, reach.value, bounds, span, held, row.label(self.language), lapsed))
        for line in found:
            name = f"{line.row.code}-{line.reach}"
            line.field = self.form_for(found)[name] if name in self.form_for(found).fields else None
        return found

    def form_for(self, lines):
        if not hasattr(self, "_form"):
            self._form = AgreeForm(self.data, lines=lines)
        return self._form

    @property
    def form(self):
        return self.form_for(self.lines)

    @property
    def by_reach(self):
        return [(reach, [line for line in self.lines if line.reach == reach.value]) for reach in Reach]

    @property
    def may_agree(self):
        return any(line.field for line in self.lines)

    def act(self, by):
        """How many figures changed; ``None`` when something has to be mended first."""
        if not self.form.is_valid():
            return None
        given = self.form.cleaned_data
        try:
            return agreeing.agree(
                programme=self.programme, on=self.on, values=self.form.values, reason=given["reason"], by=by,
                today=self.today, seen=given["seen"],
            )  # fmt: skip
        except agreeing.NotAgreed as refused:
            self.form.tell(refused.problems)
        except agreeing.Moved:
            self.has_moved = True
        return None

    @cached_property
    def agreed_before(self):
        """All that was ever agreed, the latest first, each with what became of it."""
        figures_of = self.programme.agreed_figures.select_related("category", "set_by").order_by("-set_at", "-pk")[:100]
        told = list(figures_of)
        for figure in told:
            figure.fate, figure.because = self._fate(figure)
        return told

    def _fate(self, figure):
        if figure.removed_at:
            return "removed", ""
        printed = self.now.printed[figure.category.code, figure.reach]
        if printed.agreed and printed.agreed.pk == figure.pk:
            return "holds", ""
        if printed.lapsed and printed.lapsed.pk == figure.pk:
            return "lapsed", Lapse(printed.because).label
        return "earlier", ""
