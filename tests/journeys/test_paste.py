"""Pasting from Word into the editor: what is stored keeps bullets, bold and links, and glues nothing together."""

import re
from html import unescape

import pytest

from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, said

EDIT = "/programmes/MDGF-2097/sections/summary/edit/"
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


def bullet(words, sign="·", level=1):
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol;mso-bidi-font-weight:bold'>"
        f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
        f"</span></span><![endif]>{words}<o:p></o:p></p>\n"
    )


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
    "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml>"
    "<![endif]--><style>p.MsoNormal {{margin:0cm}}</style></head><body><!--StartFragment-->{}<!--EndFragment--></body>"
)
RED = "<span style='font-size:11.0pt;color:red'>{}</span>"
#: What Word writes → what is kept.
FRAGMENTS = {
    "bullets": (
        bullet("Primer <b style='mso-bidi-font-weight:normal'>punto</b>")
        + bullet("Segundo", "o", 2)
        + bullet("Tercero", "§"),
        "<ul><li><p>Primer <strong>punto</strong></p></li><li><p>Segundo</p></li><li><p>Tercero</p></li></ul>",
    ),
    "numbers": (
        bullet("Uno", "1.") + bullet("Dos", "2."),
        "<ol><li><p>Uno</p></li><li><p>Dos</p></li></ol>",
    ),
    "bullets as text": (
        "<p class=MsoListParagraph>·&nbsp;&nbsp;&nbsp;Uno</p><p class=MsoListParagraph>o&nbsp; Dos</p>"
        "<p class=MsoNormal>O bien, otra cosa.</p>",
        "<ul><li><p>Uno</p></li><li><p>Dos</p></li></ul><p>O bien, otra cosa.</p>",
    ),
    "bold": (
        "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=ES>Fuerte</span></b>, "
        "<span style='font-weight:bold'>también</span>, <b style='font-weight:normal'>no</b>, "
        "<i style='mso-bidi-font-style:normal'>suave</i></p>",
        "<p><strong>Fuerte</strong>, <strong>también</strong>, no, <em>suave</em></p>",
    ),
    "table": (
        "<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Provincia</p></td>"
        "<td><p class=MsoNormal><b>Mujeres"
        "</b></p></td></tr><tr><td><p class=MsoNormal>Coclé</p></td><td><p class=MsoNormal>40</p></td></tr></table>",
        "<p>Provincia · <strong>Mujeres</strong></p><p>Coclé · 40</p>",
    ),
    "link": (
        "<p class=MsoNormal>Vea <a href='https://example.org/informe?a=1&amp;b=2' style='color:blue'>el "
        + RED.format("informe")
        + "</a><a href='#_ftn1'>[1]</a></p>",
        '<p>Vea <a href="https://example.org/informe?a=1&amp;b=2" rel="noopener noreferrer">el informe</a>[1]</p>',
    ),
    "heading, image, script": (
        "<h1 style='color:navy'>Título</h1><p class=MsoNormal>" + RED.format("Texto") + "<img src='file:///c:/a.png'>"
        "<script>document.title='x'</script></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>",
        "<p>Título</p><p>Texto</p>",
    ),
}


@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_what_word_writes_is_kept_as_paragraphs_lists_bold_and_links(visitor, portal, language):
    officer = visitor(language).sign_in(OFFICER, PASSWORD)
    html = "".join(words + "<p class=MsoNormal>Fin.</p>" for words, _kept in FRAGMENTS.values())
    stored = paste(officer, f"#id_summary-text_{language}-editor .ProseMirror", WORD.format(html))
    assert stored == "".join(kept + "<p>Fin.</p>" for _words, kept in FRAGMENTS.values())


def test_a_list_pasted_into_a_paragraph_stands_between_its_halves(visitor, portal):
    officer = visitor("es").sign_in(OFFICER, PASSWORD)
    stored = paste(
        officer, "#id_summary-text_es-editor .ProseMirror", WORD.format(bullet("Uno") + bullet("Dos")), "Antes."
    )
    assert stored == "<p>Antes.</p><ul><li><p>Uno</p></li><li><p>Dos</p></li></ul>"


def paste(officer, editor, html, before=""):
    """Paste after what is typed, save, and read what the portal stored from the form as it opens again."""
    page = officer.open(EDIT)
    page.locator(editor).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    if before:
        page.keyboard.type(before)
    page.evaluate(PASTE, [editor, html])
    page.get_by_role("button", name=said(officer.language, "Save the text")).last.click()
    page.wait_for_url("**/programmes/MDGF-2097/#summary")
    answer = page.context.request.get(officer.address + EDIT).text()
    name = editor.removeprefix("#id_").partition("-editor")[0]
    stored = re.findall(r'data-html="([^"]*)".*?<textarea name="([^"]*)"', answer, re.DOTALL)
    return next(unescape(html) for html, of in stored if of == name)
