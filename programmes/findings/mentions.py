"""What texts and lists refer to: goals that exist, agencies that can be told apart, links that can be followed."""

import re
from html import unescape
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.findings.finding import Finding, Level, say
from programmes.models.narrative import LANGUAGE_CODES

#: The Millennium Development Goals as the United Nations numbered them: goal → letters of its targets.
MDG_TARGETS = {1: "ABC", 2: "A", 3: "A", 4: "A", 5: "AB", 6: "ABC", 7: "ABCD", 8: "ABCDEF"}
#: The Sustainable Development Goals: goal → how many numbered targets, how many lettered means of implementation.
SDG_TARGETS = {
    1: (5, 2), 2: (5, 3), 3: (9, 4), 4: (7, 3), 5: (6, 3), 6: (6, 2), 7: (3, 2), 8: (10, 2), 9: (5, 3), 10: (7, 3),
    11: (7, 3), 12: (8, 3), 13: (3, 2), 14: (7, 3), 15: (9, 3), 16: (10, 2), 17: (19, 0),
}  # fmt: skip
#: “ODM 1.B”, “MDG1 :T1B;”, “ODS 5.1”: the framework, and the code that follows it.
_CODE = re.compile(r"\b(ODM|MDG|ODS|SDG)s?\s?(?:\d{1,2}\s?:\s?T)?(\d{1,2}(?:\.?[A-Za-z]|\.\d{1,2})?)(?![\w-]|\.\w)")
_FRAMEWORKS = {"ODM": "MDG", "ODS": "SDG"}


def goal_exists(framework, code):
    """Whether the framework has this goal (``1``) or target (``1.B``, ``1B``, ``8.10``).

    >>> goal_exists("MDG", "1.B"), goal_exists("MDG", "1.Z"), goal_exists("SDG", "5.a"), goal_exists("SDG", "18")
    (True, False, True, False)
    """
    match = re.fullmatch(r"(\d{1,2})(?:\.?([A-Za-z])|\.(\d{1,2}))?", code)
    if match is None:
        return False
    goal, letter, number = int(match[1]), (match[2] or "").upper(), match[3]
    if framework == "MDG":
        return goal in MDG_TARGETS and number is None and (not letter or letter in MDG_TARGETS[goal])
    numbered, lettered = SDG_TARGETS.get(goal, (0, 0))
    if number is not None:
        return 1 <= int(number) <= numbered
    return goal in SDG_TARGETS and (not letter or letter in "ABCDEF"[:lettered])


def unknown_targets(targets):
    """``targets`` are (framework, code) in the order in which they are listed."""
    return [
        Finding(
            Level.ERROR,
            "unknown_target",
            Block.AREAS,
            f"{framework}={code}",
            say(_("There is no target %(framework)s %(code)s"), framework=framework, code=code),
            say(_("The goals and their targets are numbered by the United Nations.")),
            say(_("Choose the target that the programme document means.")),
            Block.AREAS.label,
            anchor=f"{framework} {code}",
            field=f"id_targets-{row}-target",
        )
        for row, (framework, code) in enumerate(targets)
        if not goal_exists(framework, code)
    ]


def unknown_targets_in_texts(where, place, texts):
    """``texts`` of one block or section are (its field without the language, text)."""
    found = {}
    for field, language, written in _columns(texts):
        for match in _CODE.finditer(written):
            framework = _FRAMEWORKS.get(match[1], match[1])
            if not goal_exists(framework, match[2]):
                found.setdefault((match[1], match[2]), f"{field}_{language}")
    return [
        Finding(
            Level.WARNING,
            "unknown_target_in_text",
            where,
            f"{framework}={code}",
            say(_("The text names %(framework)s %(code)s, which does not exist"), framework=framework, code=code),
            suggests=say(_("Correct the number of the goal or target.")),
            stands_in=place,
            anchor=f"{framework} {code}",
            field=field,
        )
        for (framework, code), field in found.items()
    ]


def ambiguous_agencies(agencies, ambiguous):
    """``agencies`` are (acronym, name) as budgets name them; ``ambiguous`` maps an acronym to the names it may mean."""
    return [
        Finding(
            Level.NOTE,
            "ambiguous_agency",
            Block.BUDGET,
            f"acronym={acronym}",
            say(_("%(acronym)s may be read as another agency"), acronym=acronym),
            say(_("It is used for %(agencies)s."), agencies=ambiguous[acronym].names),
            say(_("Check that the right agency was chosen.")),
            Block.BUDGET.label,
            anchor=acronym,
            field=f"id_budgets-{row}-agency",
        )
        for row, (acronym, _name) in enumerate(agencies)
        if acronym in ambiguous
    ]


def ambiguous_acronyms(where, place, texts, ambiguous):
    """An acronym that stands for several agencies, in a text that names none of them in full."""
    found = []
    for acronym, meaning in ambiguous.items():
        word = re.compile(rf"(?<![\w/-]){re.escape(acronym)}(?![\w-])")
        for field, language, written in _columns(texts):
            if word.search(written) and not any(clear in written for clear in meaning.clear):
                found.append(
                    Finding(
                        Level.NOTE,
                        "ambiguous_acronym",
                        where,
                        f"{language}={acronym}",
                        say(_("Which agency is %(acronym)s?"), acronym=acronym),
                        say(_("The text does not say it, and it is used for %(agencies)s."), agencies=meaning.names),
                        say(_("Write the name in full where the text first mentions it.")),
                        place,
                        anchor=f"{language} {acronym}",
                        field=f"{field}_{language}",
                    )
                )
                break
    return found


def broken_links(where, place, links):
    """``links`` are (field, address). Only the form is looked at: nobody is called."""
    return [
        Finding(
            Level.WARNING,
            "broken_link",
            where,
            f"link={link[:200]}",
            say(_("A link cannot lead anywhere")),
            say(_("It is written “%(link)s”."), link=link[:120]),
            say(_("Copy the full address from the browser: https://…")),
            place,
            anchor=field.removeprefix("id_"),
            field=field,
        )
        for field, link in links
        if link and not can_be_followed(link)
    ]


def broken_links_in_texts(where, place, texts):
    """The links of rich texts, at the text that holds them."""
    links = {}
    for field, text in texts:
        for language in LANGUAGE_CODES:
            for link in re.findall(r'href="([^"]*)"', text[language]):
                links.setdefault(unescape(link), f"{field}_{language}")
    return broken_links(where, place, [(field, link) for link, field in links.items()])


def can_be_followed(link):
    """A web address with a full host name, or a mail address.

    >>> [can_be_followed(link) for link in ("https://undp.org/a.pdf", "http://informe", "http://C:/Informe.doc", "#")]
    [True, False, False, False]
    """
    if re.fullmatch(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", link):
        return True
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_plain = not re.search(r"[\s<>\\…]", link) and not host.endswith(".")
    return parts.scheme in ("http", "https") and is_plain and bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host))


def _columns(texts):
    """Each language of each text, without its markup."""
    for field, text in texts:
        for language in LANGUAGE_CODES:
            if text[language]:
                yield field, language, unescape(strip_tags(text[language].replace("<", " <")))
