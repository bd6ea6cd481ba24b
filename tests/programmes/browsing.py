"""A browser without JavaScript: what the form on a page would send."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.fields, self.buttons, self.depth = {}, [], 0
        self.textarea = self.select = self.option = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and "data-edit" in attrs:
            self.depth = 1
        if not self.depth:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind not in ("checkbox", "radio") or "checked" in attrs:
                self.fields[name] = attrs.get("value", "on" if kind == "checkbox" else "") or ""
        elif tag == "textarea":
            self.textarea = name
            self.fields[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in attrs or self.select not in self.fields):
            self.fields[self.select] = attrs.get("value") or ""
        elif tag == "button" and name:
            self.buttons.append(attrs["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.depth = 0
        elif tag == "textarea":
            # HTML drops the line break right after the opening tag.
            self.fields[self.textarea] = self.fields[self.textarea].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea] += data


def form_on(response):
    """``{name: value}`` of the edit form on a page, as it would be sent untouched."""
    reader = _Form()
    reader.feed(response.content.decode())
    return reader.fields


def buttons_on(response):
    """The list buttons on a page."""
    reader = _Form()
    reader.feed(response.content.decode())
    return reader.buttons
