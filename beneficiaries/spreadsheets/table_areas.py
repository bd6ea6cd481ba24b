"""The area of each row of somebody's own table: by name, by code, by both, or from the row above. Pure."""

from dataclasses import dataclass, field

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets.columns import NO_AREA
from beneficiaries.spreadsheets.table_figures import Asking, Wrong
from beneficiaries.spreadsheets.table_labels import is_written
from beneficiaries.spreadsheets.values import shown

ABOVE, NOWHERE = "above", "none"


@dataclass
class RowAreas:
    """``columns`` are those that name an area; in a long table a blank one may mean the area above."""

    table: object
    columns: list[int]
    gazetteer: places.Gazetteer
    asking: Asking
    is_long: bool
    above: object = None
    known: dict = field(default_factory=dict)  # the area of each text that names one: long tables say it often

    def of(self, number, line):
        """The row's area, ``NONE`` for the row without area, ``None`` where no column of rows tells it.

        Raises ``Wrong`` for what is a problem or a question.
        """
        if not self.columns:
            return None
        if len(self.columns) == 1 and type(text := line[self.columns[0]]) is str and text in self.known:
            self.above = self.known[text]
            return self.above
        said = [(column, line[column]) for column in self.columns if is_written(line[column])]
        if not said:
            return self._from_above(number)
        if len(said) == 1 and hasattr(area := self.gazetteer.find(shown(text := said[0][1])), "pk"):
            self.above = area
            if type(text) is str:
                self.known[text] = area
            return area
        self.above = None
        self.above = self._agreed(number, [(*each, self.gazetteer.find(shown(each[1]))) for each in said])
        return self.above

    def _agreed(self, number, found):
        certain = [area for _column, _cell, area in found if not isinstance(area, places.Unknown | places.Doubtful)]
        for column, cell, area in found:
            if isinstance(area, places.Unknown):
                self.asking.wrong(self.table, number, column, area.code, area.params)
            if isinstance(area, places.Doubtful) and not certain:
                return self._answered(number, column, shown(cell), area.areas)
        area = certain[0]
        if all(self._allows(other, area) for _column, _cell, other in found):
            return area
        named = [
            each for _c, _cell, other in found for each in getattr(other, "areas", (other,)) if hasattr(each, "name")
        ]
        said = " / ".join(shown(cell) for _column, cell, _area in found)
        return self._answered(number, found[0][0], said, named)

    def _allows(self, other, area):
        return area in other.areas if isinstance(other, places.Doubtful) else other == area

    def _from_above(self, number):
        column = self.columns[0]
        if self.above is None or not self.is_long:
            self.asking.wrong(self.table, number, column, "area_missing", {"no_area": NO_AREA["es"][0]})
        name = getattr(self.above, "name", NO_AREA["es"][0])
        at, header = self.table.at(number, column), self.table.text(column)
        answer = self.asking.ask("blank_areas", at, header, name, (ABOVE, NOWHERE), ABOVE)
        if answer is None:
            raise Wrong
        return self.above if answer == ABOVE else places.NONE

    def _answered(self, number, column, said, areas):
        """One of several areas, asked once for all cells that say the same."""
        names = tuple(dict.fromkeys(area.name for area in areas))
        at, header = self.table.at(number, column), self.table.text(column)
        answer = self.asking.ask(f"area:{said}", at, header, said, names)
        if answer is None:
            raise Wrong
        area = self.gazetteer.find(answer)
        if isinstance(area, places.Unknown):
            self.asking.wrong(self.table, number, column, area.code, area.params)
        return area
