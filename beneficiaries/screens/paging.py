"""Long lists of one page, each paged by a number of its own in the address; what else the address says stays."""

from django.core.paginator import InvalidPage, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _


def address(query, anchor, **changed):
    """The same page with other values in its address; ``None`` takes one out."""
    values = query.copy() if query else QueryDict(mutable=True)
    for name, value in changed.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    return f"?{values.urlencode()}#{anchor}"


class Pages:
    """The page that the address asks for. A number that there is not shows the nearest page, and says so."""

    def __init__(self, items, size, query, name, anchor):
        paginator = Paginator(items, size)
        self.query, self.name, self.anchor = query or QueryDict(), name, anchor
        self.asked = self.query.get(name, "1")[:20]
        self.page = paginator.get_page(self.asked)
        self.count, self.number, self.all = paginator.count, self.page.number, paginator.num_pages
        try:
            paginator.validate_number(self.asked)
            self.is_asked = True
        except InvalidPage:
            self.is_asked = False

    def __iter__(self):
        return iter(self.page)

    def __len__(self):
        return len(self.page)

    @property
    def first(self):
        return self.page.start_index()

    @property
    def last(self):
        return self.page.end_index()

    @property
    def is_paged(self):
        return self.all > 1 or not self.is_asked

    @property
    def missed(self):
        """What to say when the address asks for a page that there is not."""
        if self.is_asked:
            return ""
        return _("There is no page “%(asked)s”: this is page %(number)s of %(all)s.") % {
            "asked": self.asked,
            "number": self.number,
            "all": self.all,
        }

    def _to(self, number):
        return address(self.query, self.anchor, **{self.name: number})

    @property
    def to_first(self):
        return self._to(1) if self.number > 2 else ""

    @property
    def to_previous(self):
        return self._to(self.number - 1) if self.number > 1 else ""

    @property
    def to_next(self):
        return self._to(self.number + 1) if self.number < self.all else ""

    @property
    def to_last(self):
        return self._to(self.all) if self.number < self.all - 1 else ""
