"""Edits as pages show them: instants in addresses and in words, places by their titles."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from programmes import figures
from programmes.blocks import Block
from programmes.edits.instants import number_of

register = template.Library()


@register.filter
def as_number(at):
    """The instant as addresses name it."""
    return number_of(at)


@register.filter
def just_before(at):
    """The last instant before something happened, as addresses name it."""
    return number_of(at) - 1


@register.filter
def day_and_time(at):
    """“November 24, 2026, 10:31”, in the office's time zone."""
    local = timezone.localtime(at)
    return f"{figures.day(local.date(), (get_language() or 'es')[:2])}, {local:%H:%M}"


@register.filter
def place_label(place):
    """A block's title; nothing for a section, whose name stands with each of its changes."""
    return Block(place).label if place in Block.values else ""
