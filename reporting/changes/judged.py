"""What people judge and write: status, the sections of the template, missions, evaluations."""

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.models import Evaluation, Performance
from programmes.models.narrative import Answer
from reporting.changes.facts import Fact, Item, Listing, Word, called, day, month, names, text, word, yes_or_no
from reporting.status_sheet.values import Label
from reporting.templatetags.sheet_figures import mission_date


def sections(block, sections):
    """Sections and sub-heads in one list, each under its own heading."""
    items = (
        Item(
            key=section.slug,
            said=(section.label.es, section.label.en),
            name=section.label,
            facts=(
                text(_("Heading"), section.label),
                text(_("Question"), section.question),
                word(_("Answer to the question"), section.answer, Answer),
                yes_or_no(_("Not applicable"), section.not_applicable),
                text(None, section.text),
            ),
        )
        for section in _all_of(sections)
    )
    return Listing(block, _("Section"), tuple(items))


def _all_of(sections):
    for section in sections:
        yield section
        yield from _all_of(section.sub_heads)


def status(status):
    return (
        word(_("Status"), status.performance, Performance),
        day(_("Assessed on"), status.assessed_on),
        text(_("Assessed by"), status.assessed_by),
        text(_("Reason"), status.reason),
        text(None, status.narrative),
    )


def missions(sheet):
    items = (
        Item(
            key=(line.held_on, line.precision),
            said=line.members or None,
            name=_held(line).value.shown,
            facts=(
                _held(line),
                names(_("Members"), line.members),
            ),
        )
        for line in sheet.missions.lines
    )
    return Listing(Block.MISSIONS, _("Mission"), tuple(items))


def _held(line):
    shown = Label(mission_date(line, "es"), mission_date(line, "en"))
    return Fact(_("Date"), Word(shown.en, shown, is_said=True))


def evaluations(sheet):
    items = (
        Item(
            key=line.kind,
            said=(line.evaluator, line.period_state, line.starts_on, line.ends_on) if line.evaluator else None,
            name=called(line.kind, Evaluation.Kind),
            facts=(
                word(_("Kind"), line.kind, Evaluation.Kind),
                text(_("Evaluator"), line.evaluator),
                word(_("Period"), line.period_state, _PeriodState),
                month(_("From"), line.starts_on),
                month(_("To"), line.ends_on),
                text(_("Report"), line.report_url),
                text(_("Improvement plan"), line.improvement_plan_url),
            ),
        )
        for line in sheet.evaluations
    )
    return Listing(Block.EVALUATIONS, _("Evaluation"), tuple(items))


class _PeriodState:
    choices = tuple((str(state), label) for state, label in Evaluation.PERIOD_STATES)
