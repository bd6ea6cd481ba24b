"""Everything written about a programme in two languages, in printing order, and what lacks one of them."""

from dataclasses import dataclass

from django.db.models import Model, Q

from programmes.blocks import Block
from programmes.models import Achievement, Section, SectionText
from programmes.models.narrative import LANGUAGE_CODES, BilingualText, RichTextField, Translation, digest
from programmes.rich_text import to_plain
from programmes.word_changes import shortened, word_changes

GAPS = (Translation.MISSING, Translation.STALE, Translation.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text: the row and the field that hold it, and where the sheet prints it."""

    key: str  # its name in addresses
    block: Block
    place: object  # the block's or section's name
    anchor: str  # on the workspace
    row: Model
    field: str
    mark: str = ""  # R1, R1 · 2: which of several

    @property
    def text(self) -> BilingualText:
        return getattr(self.row, self.field)

    @property
    def source_language(self):
        return self.text.source_language

    @property
    def source(self):
        """The text as it was written."""
        return self.text[self.source_language]

    @property
    def target_language(self):
        """The language it is translated into."""
        return "en" if self.source_language == "es" else "es"

    @property
    def state(self):
        return self.text.state(self.target_language)

    @property
    def is_gap(self):
        return self.state in GAPS

    @property
    def excerpt(self):
        return self._plain(self.source)

    def _plain(self, text):
        """Rich text as its lines; what is typed plainly may hold a ``<``."""
        is_rich = isinstance(self.row._meta.get_field(f"{self.field}_es"), RichTextField)
        return to_plain(text) if is_rich else text

    @property
    def source_changes(self):
        """What has changed in the source since the translation was confirmed, in pieces; ``None`` when nobody knows."""
        if self.state != Translation.STALE:
            return None
        column = f"{self.field}_{self.source_language}"
        for before in self.row.history.values_list(column, flat=True):
            if digest(before) == self.text.confirmed:
                return shortened(word_changes(self._plain(before), self.excerpt))
        return None


def texts_of(programme):
    """The texts that hold anything, in printing order: the same number of queries for any programme."""
    found = [WrittenText("title", Block.IDENTITY, Block.IDENTITY.label, Block.IDENTITY, programme, "title")]
    found += _parties(programme)
    sections = _sections(programme)
    found += sections[Section.Block.SUMMARY]
    found += _results(programme)
    found += _status(programme)
    found += sections[Section.Block.GENDER]
    found += _achievements(programme)
    found += sections[Section.Block.OBSERVATIONS]
    return [written for written in found if written.text]


def next_gap(texts, after=""):
    """The first gap behind a text, starting over at the end; ``None`` when there is none left."""
    keys = [written.key for written in texts]
    start = keys.index(after) + 1 if after in keys else 0
    return next((written for written in texts[start:] + texts[:start] if written.is_gap and written.key != after), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the texts one language has in order: originals, current translations, names that are the same."""

    language: str
    in_order: int
    missing: int
    stale: int
    unconfirmed: int
    whole: int

    @property
    def percentage(self):
        return 100 if not self.whole else 100 * self.in_order // self.whole


def progress(texts):
    """One row a language; of ``BilingualText``s that hold anything."""
    rows = []
    for language in LANGUAGE_CODES:
        states = [text.state(language) for text in texts]
        behind = [states.count(state) for state in GAPS]
        rows.append(Progress(language, len(states) - sum(behind), *behind, len(states)))
    return rows


def _parties(programme):
    for number, entity in enumerate(programme.government_entities.all(), start=1):
        place = (Block.PARTIES, Block.PARTIES.label, Block.PARTIES)
        yield WrittenText(f"entity-{entity.pk}", *place, entity, "name", str(number))


def _results(programme):
    place = (Block.RESULTS, Block.RESULTS.label, Block.RESULTS)
    for result in programme.results.prefetch_related("indicators"):
        for field in ("statement", "heading", "rating"):
            yield WrittenText(f"result-{result.pk}-{field}", *place, result, field, result.label)
        for indicator in result.indicators.all():
            for field in ("name", "unit"):
                yield WrittenText(f"indicator-{indicator.pk}-{field}", *place, indicator, field, result.label)


def _achievements(programme):
    achievements = Achievement.objects.filter(result__programme=programme).select_related("result")
    numbers = {}
    for row in achievements.order_by("result__number", "position", "pk"):
        numbers[row.result_id] = number = numbers.get(row.result_id, 0) + 1
        place = (Block.ACHIEVEMENTS, Block.ACHIEVEMENTS.label, Block.ACHIEVEMENTS)
        yield WrittenText(f"achievement-{row.pk}", *place, row, "text", f"{row.result.label} · {number}")


def _status(programme):
    """The latest assessment's: earlier ones are not printed any more."""
    latest = programme.status_assessments.order_by("assessed_on", "pk").last()
    return (
        [WrittenText("status", Block.STATUS, Block.STATUS.label, Block.STATUS, latest, "narrative")] if latest else []
    )


def _sections(programme):
    """Block of the sheet → its texts. The programme's own stands for the country's."""
    written = SectionText.objects.filter(Q(programme=programme) | Q(country=programme.country)).order_by("pk")
    by_section = {row.section_id: row for row in written if row.country_id}
    by_section |= {row.section_id: row for row in written if row.programme_id}
    found = {block: [] for block in Section.Block}
    for section in _in_printing_order(Section.objects.filter(fund=programme.fund_id).order_by("position")):
        row = by_section.get(section.pk)
        if row is not None and (row.programme_id or section.is_country_level):
            block = Block(section.block)
            anchor = f"section-{section.slug}" if block == Block.OBSERVATIONS else block
            row.section = section
            found[section.block].append(
                WrittenText(f"section-{section.slug}", block, section.label, anchor, row, "text")
            )
    return found


def _in_printing_order(sections):
    """Sub-heads right after their heading."""
    below = {}
    for section in sections:
        below.setdefault(section.parent_id, []).append(section)
    for section in below.get(None, ()):
        yield section
        yield from below.get(section.pk, ())
