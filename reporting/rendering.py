"""A sheet as HTML and as PDF. The only module that knows WeasyPrint.

The stylesheet and its fonts are read once per process. Nothing else is ever fetched but ``data:`` addresses,
so a text that names a file or a server prints without it.
"""

import atexit
import gc
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from threading import Lock, Thread

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.before_issuing import gaps

STYLESHEET = "css/sheet_print.css"
STATIC_NAMES = frozenset(
    {
        STYLESHEET,
        "css/tokens.css",
        "fonts/SourceSans3-Regular.ttf",
        "fonts/SourceSans3-It.ttf",
        "fonts/SourceSans3-Semibold.ttf",
        "fonts/SourceSerif4-Semibold.ttf",
    }
)
#: An address that leads nowhere: under it the renderer finds the project's own static files.
STATIC_BASE = "https://static.ficha.invalid/"
PANGO_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
IMPORT_OF_TOKENS = '@import "tokens.css";'
#: The fonts are shared by the process's threads, and Pango lays out for one at a time.
_LAYOUT = Lock()


class PangoMissing(Exception):
    """The machine lacks the text layout library: everything works but PDF."""

    def __init__(self):
        message = _("PDF files need Pango, which is not installed on this machine. Install it with: %(line)s")
        super().__init__(message % {"line": PANGO_LINE})


def render_html(sheet, languages, *, imprint=None, findings=None):
    """The printed sheet in one language, ``("es",)`` or ``("en",)``, or in two, ``("es", "en")``.

    Without an ``imprint`` it is a draft, which lists the open ones of the programme's ``findings``.
    """
    draft = imprint is None
    with override(languages[0]):
        return render_to_string(
            "reporting/sheet_print.html",
            {
                "sheet": sheet,
                "languages": tuple(languages),
                "draft": draft,
                "imprint": imprint,
                "gaps": gaps(sheet, languages, findings) if draft else (),
                "dated": sheet.as_of_on,
                "author": sheet.identity.fund[languages[0]],
                "stylesheet": f"{STATIC_BASE}{STYLESHEET}",
            },
        )


def self_contained(html):
    """The same page as a file of its own: the stylesheet inside, without the fonts."""
    css = "".join((settings.ROOT / "static" / name).read_text("utf-8") for name in ("css/tokens.css", STYLESHEET))
    link = f'<link rel="stylesheet" href="{STATIC_BASE}{STYLESHEET}">'
    return html.replace(link, f"<style>\n{css.replace(IMPORT_OF_TOKENS, '')}</style>")


def render_pdf(html):
    """A page of ``render_html`` as PDF/UA-1: tagged, each passage in its language, the same bytes each time."""
    with _LAYOUT, _quiet_memory():
        engine = _engine()
        page = engine.parse(html)
        return page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[engine.stylesheet], font_config=engine.fonts)


@cache
def made_by():
    """Whatever decides how a page is set, as one digest: stylesheet, fonts, and the version of WeasyPrint."""
    seen = sha256(version("weasyprint").encode())
    for name in sorted(STATIC_NAMES):
        seen.update((settings.ROOT / "static" / name).read_bytes())
    return seen.hexdigest()


def load():
    """Make what a process makes once, and what those forked from it then share. Raises ``PangoMissing``."""
    render_pdf(f'<link rel="stylesheet" href="{STATIC_BASE}{STYLESHEET}"><p><b>Ficha</b> <em>de</em> estado</p>')


def warm_up():
    """Make what a process makes once, in a thread of its own, so that nobody's first PDF waits for it."""
    thread = Thread(target=_load_quietly, name="warm-up", daemon=True)
    thread.start()
    return thread


def _load_quietly():
    with suppress(PangoMissing):  # whoever asks for a PDF is told
        load()


@dataclass(frozen=True, slots=True)
class Engine:
    """What is made once per process: the parsed stylesheet, its fonts, and the way to own files only."""

    html: type
    fetcher: object
    fonts: object
    stylesheet: object

    def parse(self, html):
        """The page without its link to the stylesheet: that one is read already."""
        page = self.html(string=html, url_fetcher=self.fetcher)
        for link in [*page.etree_element.iter("link")]:
            link.set("rel", "alternate")
        return page


@cache
def _engine():
    try:
        import weasyprint
        from weasyprint.pdf import tags
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as missing:
        raise PangoMissing from missing

    class OwnFiles(URLFetcher):
        """Only ``data:`` addresses and the project's own static files; no disk, no network."""

        def fetch(self, url, headers=None):
            name = url.removeprefix(STATIC_BASE)
            if name != url and name in STATIC_NAMES:
                kind = "text/css" if name.endswith(".css") else "font/ttf"
                return URLFetcherResponse(url, (settings.ROOT / "static" / name).read_bytes(), {"Content-Type": kind})
            return super().fetch(url, headers)

    _declare_languages(tags)
    # The fonts' temporary folder is removed while Python still can.
    atexit.register(_engine.cache_clear)
    fonts, fetcher = FontConfiguration(), OwnFiles(allowed_protocols=["data"])
    stylesheet = weasyprint.CSS(url=STATIC_BASE + STYLESHEET, font_config=fonts, url_fetcher=fetcher)
    return Engine(weasyprint.HTML, fetcher, fonts, stylesheet)


def _declare_languages(tags):
    """Give each structure element the ``lang`` of its HTML element.

    WeasyPrint 70 writes the document's language only; a bilingual sheet's English column would be read out as
    Spanish. Its tag builder calls itself by its module's name, so wrapping that name wraps every level.
    """
    import pydyf

    build = tags._build_box_tree
    if build.__name__ == "with_language":
        return

    def with_language(box, *arguments):
        element = getattr(getattr(box, "_box", box), "element", None)
        language = element.get("lang") if element is not None else None
        for tagged in build(box, *arguments):
            if language:
                tagged["Lang"] = pydyf.String(language)
            yield tagged

    tags._build_box_tree = with_language


@contextmanager
def _quiet_memory():
    """What lives is set aside and nothing is collected while a page is laid out: it saves a tenth of the time."""
    if not gc.isenabled():  # whoever turned it off sees to it
        yield
        return
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()
