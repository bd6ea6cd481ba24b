"""The house's conventions, as tests: what a reviewer would otherwise have to remember."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models.constraints import BaseConstraint
from django.template import engines
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from config.catalogue import parse

ROOT = Path(__file__).resolve().parent.parent
#: From the ground up: each may import itself and what stands below it.
FLOORS = ["programmes", "beneficiaries", "reporting"]
NOT_OURS = {".git", ".venv", ".tools", ".state", "staticfiles", "__pycache__", ".pytest_cache", ".ruff_cache"}
NOT_OURS |= {".hypothesis"}


def files(pattern, *folders):
    """Our own files, as paths from the root."""
    for folder in folders or (".",):
        for path in sorted((ROOT / folder).rglob(pattern)):
            relative = path.relative_to(ROOT)
            if path.is_file() and not NOT_OURS & set(relative.parts):
                yield relative


def modules(*folders):
    return [path for path in files("*.py", *folders) if "migrations" not in path.parts]


def tree(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def lines(path):
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def functions(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imported(path):
    """The dotted names a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_models():
    return [
        model
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models()
        if not hasattr(model, "history_type")
    ]


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


# ------------------------------------------------------------------ the arrows


def test_imports_run_one_way():
    wrong = []
    for height, floor in enumerate(FLOORS):
        above = {*FLOORS[height + 1 :], "config", "tests"}
        wrong += [
            f"{path} imports {name}"
            for path in modules(floor)
            for name in imported(path)
            if name.split(".")[0] in above
        ]
    assert wrong == []


def test_every_module_is_named_for_what_it_holds():
    vague = {"utils", "helpers", "common", "services", "managers", "misc"}
    assert [path for path in modules() if vague & {path.stem, *path.parts}] == []


def test_nothing_is_done_by_signals():
    wrong = [
        f"{path} imports {name}"
        for path in modules(*FLOORS)
        for name in imported(path)
        if name.startswith("django.dispatch") or "signals" in name.split(".")
    ]
    assert wrong == []


# ------------------------------------------------------------------ the budgets

BUDGETS = {"settings": 200, "module": 300, "test": 400}


def budget(path):
    if path == Path("config/settings.py"):
        return BUDGETS["settings"]
    return BUDGETS["test"] if path.name.startswith("test_") else BUDGETS["module"]


def test_modules_are_short():
    assert {str(path): lines(path) for path in [*modules(), Path("start")] if lines(path) > budget(path)} == {}


def length(function):
    return function.end_lineno - function.lineno + 1


def is_view(path, function):
    return "views" in (path.stem, *path.parts) and function.args.args and function.args.args[0].arg == "request"


def test_functions_are_short():
    long = {
        f"{path}:{function.name}": length(function)
        for path in [*modules(), Path("start")]
        for function in functions(path)
        if length(function) > (25 if is_view(path, function) else 40)
    }
    assert long == {}


def test_templates_are_short():
    assert {str(path): lines(path) for path in files("*.html", "templates") if lines(path) > 150} == {}


# ------------------------------------------------------------------ figures

MONEY = {"money", "budgets", "disbursements", "finances", "quantities", "figures", "totals"}


def test_money_and_figures_are_never_floats():
    wrong = []
    for path in modules(*FLOORS):
        for node in ast.walk(tree(path)):
            name = getattr(node, "id", None) or getattr(node, "attr", None)
            in_money = path.stem in MONEY and (name == "float" or isinstance(getattr(node, "value", None), float))
            if name == "FloatField" or in_money:
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


# ------------------------------------------------------------------ the model


def test_every_model_says_what_it_is():
    silent = [model.__name__ for model in own_models() if (model.__doc__ or "").startswith(f"{model.__name__}(")]
    assert silent == []


def test_help_texts_do_not_repeat_the_name():
    def words(text):
        return re.sub(r"\W+", " ", str(text)).strip().lower()

    repeating = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.local_fields
        if field.help_text and words(field.help_text) in (words(field.name), words(field.verbose_name))
    ]
    assert repeating == []


def constraints():
    return [(model, constraint) for model in own_models() for constraint in model._meta.constraints]


def test_constraints_are_named_for_the_fact_they_hold():
    wrong = [
        constraint.name for model, constraint in constraints() if not constraint.name.startswith(snake(model.__name__))
    ]
    assert wrong == []


def test_what_a_constraint_refuses_is_said_in_the_persons_language():
    default = BaseConstraint.default_violation_error_message
    wrong = [
        constraint.name
        for _model, constraint in constraints()
        if not isinstance(constraint.violation_error_message, Promise) or constraint.violation_error_message == default
    ]
    assert wrong == []


@pytest.mark.django_db
def test_migrations_are_current():
    call_command("makemigrations", *FLOORS, "--check", "--dry-run", verbosity=0)


# ------------------------------------------------------------------ templates

#: Django and allauth show these themselves.
BY_OTHERS = {"400.html", "403.html", "404.html", "429.html", "500.html", "account/password_reset_help_text.html"}


def named_templates():
    """Patterns of every template name in code and templates; a gap in an f-string stands for anything."""
    for path in modules(*FLOORS, "config"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                yield "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
    for path in files("*.html", "templates"):
        for name in re.findall(r"""["']([\w/.-]+\.(?:html|txt|svg))["']""", (ROOT / path).read_text(encoding="utf-8")):
            yield re.escape(name)


def replaces_another(name):
    """Whether an installed package brings a template of this name, which ours goes before."""
    loaders = engines["django"].engine.template_loaders
    found = [Path(str(origin)) for loader in loaders for origin in loader.get_template_sources(name)]
    return any(path.exists() and not path.is_relative_to(ROOT / "templates") for path in found)


def test_every_template_is_used():
    patterns = {pattern for pattern in named_templates() if pattern.endswith((r"\.html", r"\.txt", r"\.svg"))}
    used = re.compile("|".join(sorted(patterns)))
    names = {str(path.relative_to("templates")) for path in files("*", "templates")}
    unused = {name for name in names - BY_OTHERS if not used.fullmatch(name) and not replaces_another(name)}
    assert unused == set()


INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*["']|\shx-on\b|javascript:""", re.I
)


def test_templates_have_no_inline_style_or_script():
    wrong = []
    for path in files("*.html", "templates"):
        text = re.sub(
            r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.S
        )
        wrong += [f"{path}: {found.group().strip()}" for found in INLINE.finditer(text)]
    assert wrong == []


# ------------------------------------------------------------------ two languages

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
CALLS |= {"npgettext", "npgettext_lazy"}


def called(node):
    return getattr(node.func, "id", None) or getattr(node.func, "attr", None)


def code_messages(path):
    """The msgids of one module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node) in CALLS and node.args:
            position = 1 if "pgettext" in called(node) else 0
            if isinstance(node.args[position], ast.Constant):
                yield node.args[position].value


def template_messages(path):
    """The msgids of one template, by way of the code that makemessages makes of it."""
    code = templatize((ROOT / path).read_text(encoding="utf-8"))
    literal = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    plain = re.findall(rf"(?<![a-zA-Z])(?:gettext|ngettext|_)\(\s*{literal}", code)
    contextual = re.findall(rf"n?pgettext\(\s*{literal}\s*,\s*{literal}", code)
    yield from (ast.literal_eval(text) for text in [*plain, *(pair[1] for pair in contextual)])


def catalogue():
    return parse((ROOT / "locale/es/LC_MESSAGES/django.po").read_text(encoding="utf-8"))[1:]


def test_every_message_has_its_spanish():
    asked = {text: path for path in modules(*FLOORS, "config") for text in code_messages(path)}
    asked |= {text: path for path in files("*", "templates") for text in template_messages(path)}
    known = {entry.msgid for entry in catalogue()}
    assert {text: str(path) for text, path in asked.items() if text and text not in known} == {}


def test_the_catalogue_is_complete_and_not_fuzzy():
    assert [entry.msgid for entry in catalogue() if entry.is_fuzzy or not entry.is_complete] == []


def test_translations_keep_the_placeholders():
    def placeholders(text):
        return set(re.findall(r"%\((\w+)\)", text))

    def keeps(entry, number, text):
        """One thing need not say its number; many things say all that the plural names."""
        if "msgid_plural" not in entry.texts:
            return placeholders(text) == placeholders(entry.msgid)
        if number:
            return placeholders(text) == placeholders(entry.texts["msgid_plural"])
        return placeholders(text) <= placeholders(entry.msgid) | placeholders(entry.texts["msgid_plural"])

    wrong = [
        entry.msgid
        for entry in catalogue()
        for number, text in enumerate(entry.translations)
        if text and not keeps(entry, number, text)
    ]
    assert wrong == []


# ------------------------------------------------------------------ what is installed, and what is written


def names(requirements):
    return {re.split(r"[<>=~!;\s]", line.strip())[0] for line in requirements if line.strip() and line[0] not in "#-"}


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    runtime = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    development = (ROOT / "requirements-dev.in").read_text(encoding="utf-8").splitlines()
    assert names(runtime) == set(project["project"]["dependencies"])
    assert names(development) == set(project["dependency-groups"]["dev"])
    unexplained = [
        name for name in names(runtime) | names(development) if not re.search(rf'"{re.escape(name)}",\s+# \w', text)
    ]
    assert unexplained == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed(name):
    entries = re.split(r"\n(?=\w)", (ROOT / name).read_text(encoding="utf-8"))[1:]
    assert entries
    assert [
        entry.split()[0] for entry in entries if "==" not in entry.split()[0] or "--hash=sha256:" not in entry
    ] == []


#: Written so that none of it is itself what it looks for: this file is read like every other.
FOREIGN = re.compile(
    r"py[p]i\.org|pythonhoste[d]|npm[j]s\.|index-url[\s=]+[\w:/]|/wor[k]/|/roo[t]/|/hom[e]/\w|/tm[p]/prob[e]",
    re.IGNORECASE,
)
BINARY = {".ttf", ".woff2", ".png", ".jpg", ".pdf", ".xlsx", ".xls", ".ods", ".mo", ".zip"}


def test_no_file_names_a_registry_or_a_machine():
    wrong = []
    for path in files("*"):
        if path.suffix.lower() not in BINARY:
            found = FOREIGN.search((ROOT / path).read_text(encoding="utf-8", errors="replace"))
            wrong += [f"{path}: {found.group()}"] if found else []
    assert wrong == []


@pytest.mark.parametrize(
    "parts",
    [
        ("https://Py", "PI.org/simple"),
        ("files.python", "hosted.org"),
        ("https://registry.npm", "js.org"),
        ("--index-", "url https://example.org"),
        ("UV_INDEX-", "URL=https://example.org"),
        ("/ho", "me/ana/ficha"),
        ("/wo", "rk/main"),
    ],
)
def test_what_names_a_registry_or_a_machine_is_seen(parts):
    assert FOREIGN.search("".join(parts))


def test_the_settings_name_our_floors_in_order():
    ours = [name.split(".")[0] for name in settings.INSTALLED_APPS if name.split(".")[0] in FLOORS]
    assert ours == FLOORS
