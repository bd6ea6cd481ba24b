"""What a person may do and what they are, for templates that offer or say it."""

from django import template

from programmes import access

register = template.Library()


@register.filter
def may(user, right):
    """Whether they have the right anywhere at all."""
    return access.may(user, access.Right(right))


@register.filter
def scope_in(role, language):
    """The scope of a membership or invitation as people of a language call it."""
    return role.scope_in(language)


@register.filter
def described_in(role, language):
    """The role and its scope."""
    return role.described_in(language)
