"""How forms become HTML: Django's own renderer, our field template."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Fields are laid out by one template, with label, hint and error in reading order."""

    field_template_name = "_partials/_field.html"
