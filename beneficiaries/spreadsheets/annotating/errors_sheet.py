"""The sheet with the list: one line for each thing, led by a link to its cell. Reading passes it over by its mark.

Plain standard library: it runs inside the bounded child process.
"""

from beneficiaries.spreadsheets.annotating.markup import HEAD, MAIN, inline, quoted

NAMES = {"es": "Errores", "en": "Errors"}
MARK = "_ficha:errors"
HEADER_ROW = 4
_WIDTHS = (22, 13, 30, 30, 84)
_INK, _SOFT, _DEEP, _LINK, _RULE = "FF14242B", "FF46565E", "FF073B46", "FF0B5563", "FFD2DBDE"


def is_ours(rows):
    """Whether these are the cells of such a sheet, whatever became of its name."""
    return bool(rows) and rows[0][5:6] == [MARK]


def free_name(language, taken):
    """“Errores”, or “Errores 2” where the person has a sheet of that name."""
    wanted, folded = NAMES[language], {name.casefold() for name in taken}
    names = [wanted, *(f"{wanted} {number}" for number in range(2, len(folded) + 3))]
    return next(name for name in names if name.casefold() not in folded)


def link_to(sheet, place):
    """As a link inside a workbook names a cell.

    >>> link_to("Año d'or", "B2")
    "'Año d''or'!B2"
    """
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{place}"


class Formats:
    """The numbers of the formats the list is drawn with."""

    def __init__(self, styles, fills):
        def font(colour, size=11, more=""):
            inside = (
                f'<font>{more}<sz val="{size}"/><color rgb="{colour}"/><name val="Calibri"/><family val="2"/></font>'
            )
            return styles.add("fonts", inside)

        def fill(colour):
            return styles.fill((("rgb", colour),))

        line = f'<bottom style="thin"><color rgb="{_RULE}"/></bottom>'
        ruled = styles.add("borders", f"<border><left/><right/><top/>{line}<diagonal/></border>")
        plain = styles.add("borders", "<border><left/><right/><top/><bottom/><diagonal/></border>")

        def format_(font_id, fill_id=0, border=plain, alignment='vertical="top" wrapText="1"'):
            ids = f'numFmtId="0" fontId="{font_id}" fillId="{fill_id}" borderId="{border}" xfId="0" quotePrefix="1"'
            applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
            return styles.add("cellXfs", f"<xf {ids} {applied}><alignment {alignment}/></xf>")

        self.title = format_(font(_DEEP, 18, "<b/>"), alignment='vertical="center"')
        self.said = format_(font(_SOFT), alignment='vertical="center"')
        self.header = format_(font("FFFFFFFF", 11, "<b/>"), fill(_DEEP), alignment='vertical="center"')
        text = font(_INK)
        self.text = format_(text, border=ruled)
        self.link = format_(font(_LINK, 11, "<u/>"), border=ruled)
        bold = font(_INK, 11, "<b/>")
        self.kinds = {kind: format_(bold, fill(colour), ruled) for kind, colour in fills.items()}


def drawn(listing, formats, links):
    """The sheet's bytes. ``listing`` has its words, ``links`` (a place or ``None``) one for each of its lines."""
    rows = [
        _row(1, [(formats.title, listing["title"]), *[(0, "")] * 4, (0, MARK)], height=30),
        _row(2, [(formats.said, listing["said"])], height=18),
        _row(3, [(formats.said, listing["further"])], height=18),
        _row(HEADER_ROW, [(formats.header, word) for word in listing["headers"]], height=24),
    ]
    for number, line in enumerate(listing["lines"], start=HEADER_ROW + 1):
        kind = formats.kinds.get(line["kind"], formats.text)
        first = formats.link if links[number - HEADER_ROW - 1] else formats.text
        cells = zip((first, kind, *[formats.text] * 3), line["words"], strict=True)
        rows.append(_row(number, list(cells), height=_height(line["words"])))
    last = HEADER_ROW + len(listing["lines"])
    hyperlinks = "".join(
        f'<hyperlink ref="A{number}" location={quoted(link)} display={quoted(line["words"][0])}/>'
        for number, (link, line) in enumerate(zip(links, listing["lines"], strict=True), start=HEADER_ROW + 1)
        if link
    )
    return _sheet("".join(rows), last, hyperlinks)


def _sheet(rows, last, hyperlinks):
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 1)
    )
    below = f"A{HEADER_ROW + 1}"
    filtered = f'<autoFilter ref="A{HEADER_ROW}:E{last}"/>' if last > HEADER_ROW else ""
    linked = f"<hyperlinks>{hyperlinks}</hyperlinks>" if hyperlinks else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFA3231F"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:F{max(last, HEADER_ROW)}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}<col min="6" max="6" width="9" hidden="1" '
        f'customWidth="1"/></cols><sheetData>{rows}</sheetData>{filtered}{linked}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _row(number, cells, height):
    inside = "".join(
        f'<c r="{"ABCDEF"[at]}{number}" s="{format_}" t="inlineStr">{inline(text)}</c>'
        for at, (format_, text) in enumerate(cells)
        if text or format_
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{inside}</row>'


def _height(words):
    """Enough lines for the longest text of the row in its column."""
    lines = max(
        sum(1 + len(line) // max(int(width * 0.95), 1) for line in str(text).split("\n"))
        for text, width in zip(words, _WIDTHS, strict=True)
    )
    return min(15 * lines + 5, 400)
