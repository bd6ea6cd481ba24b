"""The administrator's pages: who gets in, and reference data by hand and by table."""

import io
import re

import openpyxl
import pytest
import tablib
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programmes.models import Agency, Area, Membership, Period, Programme, Role, Section, User
from programmes.resources import SafeCSV, SafeXLSX

REFERENCE = [
    "programmes_fund",
    "programmes_thematicwindow",
    "programmes_section",
    "programmes_agency",
    "programmes_country",
    "programmes_area",
    "programmes_target",
    "programmes_period",
    "beneficiaries_category",
]
PEOPLE = ["programmes_user", "programmes_membership"]
XLSX, CSV = "0", "1"
AGENCY_COLUMNS = ["acronym_en", "acronym_es", "name_es", "name_en", "aliases", "iati_id", "iati_id_basis"]


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    client.cookies["django_language"] = "en"
    return client


def csv(*rows):
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    return SimpleUploadedFile("table.csv", text.encode(), content_type="text/csv")


def preview(client, model, file, file_format=CSV):
    address = reverse(f"admin:{model}_import")
    return client.post(address, {"import_file": file, "format": file_format, "resource": ""})


def confirm(client, model, shown):
    return client.post(reverse(f"admin:{model}_process_import"), shown.context["confirm_form"].initial)


@pytest.mark.parametrize("model", REFERENCE)
@pytest.mark.parametrize("page", ["changelist", "add", "import", "export"])
def test_every_page_of_reference_data_opens_for_the_administrator(signed_in, model, page):
    assert signed_in.get(reverse(f"admin:{model}_{page}")).status_code == 200


@pytest.mark.parametrize("model", [*PEOPLE, "programmes_programme"])
def test_people_memberships_and_the_list_of_programmes_open_for_the_administrator(signed_in, model):
    assert signed_in.get(reverse(f"admin:{model}_changelist")).status_code == 200


@pytest.mark.parametrize("person", ["rco_panama", "focal_point_fao", "secretariat", "reader"])
def test_others_are_refused(client, request, person):
    client.force_login(request.getfixturevalue(person))
    for name in [*REFERENCE, *PEOPLE]:
        assert client.get(reverse(f"admin:{name}_changelist"), follow=True).status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_portals_own_door(client, db):
    door = client.get(reverse("admin:login") + "?next=/admin/")
    assert (door.status_code, door.url) == (302, "/accounts/login/?next=%2Fadmin%2F")
    credentials = {"username": "administracion@ficha.example", "password": "cada cifra tiene su fuente"}
    assert client.post(reverse("admin:login"), credentials).url.startswith("/accounts/login/")
    assert client.get(reverse("admin:index")).url == reverse("admin:login") + "?next=/admin/"


def test_programmes_are_only_looked_up(signed_in, panama):
    assert signed_in.get(reverse("admin:programmes_programme_add")).status_code == 403
    change = reverse("admin:programmes_programme_change", args=[panama.pk])
    assert signed_in.get(change).status_code == 200
    assert signed_in.post(change, {"code": "OTHER"}).status_code == 403


def test_pages_carry_no_inline_script_or_style(signed_in, administrator):
    of_reference = ("changelist", "add", "import", "export")
    pages = [reverse(f"admin:{model}_{page}") for model in REFERENCE for page in of_reference]
    pages += [reverse(f"admin:{model}_{page}") for model in PEOPLE for page in ("changelist", "add")]
    pages += [reverse("admin:programmes_user_history", args=[administrator.pk])]
    shown = preview(signed_in, "programmes_agency", csv(["acronym_en", "acronym_es"], ["FAO", "FAO!"])).content.decode()
    for html in [shown, *(signed_in.get(page).content.decode() for page in pages)]:
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert " onchange=" not in html


def test_an_import_of_two_agencies_shows_them_first_and_then_adds_them(signed_in, panama):
    rows = [
        ["XA", "XA-ES", "Agencia equis", "Agency X", "Equis | Ex", "", ""],
        ["XB", "XB-ES", "Agencia be", "Agency B", "", "", ""],
    ]
    before = Agency.objects.count()
    shown = preview(signed_in, "programmes_agency", csv(AGENCY_COLUMNS, *rows))
    assert "Agencia equis" in shown.content.decode()
    assert Agency.objects.count() == before

    assert confirm(signed_in, "programmes_agency", shown).status_code == 302
    assert Agency.objects.get(acronym_en="XA").aliases == ["Equis", "Ex"]
    assert Agency.objects.count() == before + 2
    assert Programme.objects.get(pk=panama.pk).version > panama.version


def test_what_was_exported_comes_in_again_and_changes_nothing(signed_in, panama):
    for model in REFERENCE:
        for file_format, name in ((XLSX, "table.xlsx"), (CSV, "table.csv")):
            table = signed_in.post(reverse(f"admin:{model}_export"), {"format": file_format, "resource": ""})
            shown = preview(signed_in, model, SimpleUploadedFile(name, table.content), file_format)
            assert shown.context["result"].totals["skip"] == shown.context["result"].total_rows > 0, (model, name)
            confirm(signed_in, model, shown)
    assert Programme.objects.get(pk=panama.pk).version == panama.version


def test_a_row_is_recognised_by_what_people_call_it(signed_in):
    shown = preview(signed_in, "programmes_area", csv(["country", "slug", "census_code"], ["PA", "cocle", "2"]))
    confirm(signed_in, "programmes_area", shown)
    area = Area.objects.get(country__iso2="PA", slug="cocle")
    assert (area.census_code, area.name, area.ocha_code) == ("2", "Coclé", "PA03")


def test_one_bad_row_is_named_and_nothing_is_imported(signed_in):
    rows = [["XC", "XC", "Agencia ce", "Agency C", "", "", ""], ["XD", "", "Agencia de", "Agency D", "", "", ""]]
    before = Agency.objects.count()
    shown = preview(signed_in, "programmes_agency", csv(AGENCY_COLUMNS, *rows))
    assert "Row 3, column acronym_es: This field cannot be blank." in shown.content.decode()
    assert "confirm_form" not in shown.context
    assert Agency.objects.count() == before


@pytest.mark.parametrize(
    ("model", "columns", "row", "sentence"),
    [
        ("programmes_period", ["fund", "code", "starts_on"], ["MDG-F", "2011-S2", "10/12/2011"], "is not a date"),
        ("programmes_period", ["fund", "code"], ["NOBODY", "2011-S2"], "There is no entry “NOBODY” under “funds”"),
        ("programmes_section", ["fund", "slug", "parent"], ["MDG-F", "gender", "x"], "There is no entry “x” under"),
        ("programmes_agency", ["name_es"], ["Nadie"], "acronym_en"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(signed_in, model, columns, row, sentence):
    html = preview(signed_in, model, csv(columns, row)).content.decode()
    assert sentence in html
    assert "Traceback" not in html


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["acronym_en;name_es"], "The first row of the file names: “acronym_en;name_es”. The columns seem to be separ"),
        (["Acronym", "Name"], "The first row of the file names: “Acronym”, “Name”. The names of the columns must be"),
    ],
)
def test_a_table_with_other_columns_is_told_which_are_missing(signed_in, columns, said):
    before = Agency.objects.count()
    html = preview(signed_in, "programmes_agency", csv(columns, ["x"] * len(columns))).content.decode()
    assert f"This column is missing: acronym_en. {said}" in html
    assert "import_id_fields" not in html
    assert Agency.objects.count() == before


def test_a_file_that_is_no_table_is_refused_with_a_sentence(signed_in):
    shown = preview(signed_in, "programmes_agency", SimpleUploadedFile("table.xlsx", b"not a workbook"), XLSX)
    assert shown.status_code == 200
    assert "encountered while trying to read file" in shown.content.decode()


def test_an_export_holds_no_live_formula(signed_in):
    Agency.objects.filter(acronym_en="FAO").update(name_es="=1+1", name_en="@SUM(A1)")
    address = reverse("admin:programmes_agency_export")
    table = signed_in.post(address + "?q=FAO", {"format": XLSX, "resource": ""})
    sheet = openpyxl.load_workbook(io.BytesIO(table.content)).active
    cell = next(cell for row in sheet for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    text = signed_in.post(address + "?q=FAO", {"format": CSV, "resource": ""}).content.decode()
    assert "'=1+1" in text
    assert "'@SUM(A1)" in text
    for carried, content in ((SafeXLSX(), table.content), (SafeCSV(), text)):
        assert carried.create_dataset(content)["name_es"] == ["=1+1"]


def test_every_text_comes_back_from_csv_as_it_was():
    texts = ["=1+1", "'=1+1", "'", "''x", "'abc", "\n=1+1", "\ttab", "FAO", ""]
    table = tablib.Dataset(*([text, "end"] for text in texts), headers=["=name", "'end"])
    sent = SafeCSV().export_data(table)
    cells = [cell for row in tablib.Dataset().load(sent, "csv", headers=False) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "\n", "\t"))]
    back = SafeCSV().create_dataset(sent)
    assert (back.headers, back["=name"]) == (table.headers, texts)


def test_a_change_by_hand_lets_every_sheet_be_built_anew(signed_in, panama):
    section = Section.objects.get(slug="summary")
    change = signed_in.get(reverse("admin:programmes_section_change", args=[section.pk]))
    data = {name: value for name, value in change.context["adminform"].form.initial.items() if value is not None}
    signed_in.post(change.request["PATH_INFO"], data | {"label_en": "In brief"})
    section.refresh_from_db()
    assert section.label_en == "In brief"
    assert Programme.objects.get(pk=panama.pk).version == panama.version + 1

    unused = Period.objects.get(code="2007-S1")
    signed_in.post(reverse("admin:programmes_period_delete", args=[unused.pk]), {"post": "yes"})
    assert not Period.objects.filter(code="2007-S1").exists()
    assert Programme.objects.get(pk=panama.pk).version == panama.version + 2


def test_names_are_edited_one_per_line(signed_in):
    agency = Agency.objects.get(acronym_en="UNWTO")
    change = signed_in.get(reverse("admin:programmes_agency_change", args=[agency.pk]))
    data = change.context["adminform"].form.initial | {"aliases": "WTO\r\n\r\n UN Tourism "}
    signed_in.post(change.request["PATH_INFO"], data)
    agency.refresh_from_db()
    assert agency.aliases == ["WTO", "UN Tourism"]


def test_a_new_person_can_sign_in_and_is_in_the_history(signed_in, administrator):
    password = "una clave bastante larga"
    person = {"email": "Nueva@Panama.example", "name": "Nueva", "usable_password": "true"}
    signed_in.post(reverse("admin:programmes_user_add"), person | {"password1": password, "password2": password})
    user = User.objects.get(email="nueva@panama.example")
    assert user.check_password(password)
    assert EmailAddress.objects.get(user=user, primary=True, verified=True).email == user.email
    assert user.history.get().history_user == administrator


def test_a_membership_must_fit_its_role_and_is_ended_not_deleted(signed_in, administrator, reader, panama):
    add = reverse("admin:programmes_membership_add")
    refused = signed_in.post(add, {"user": reader.pk, "role": Role.RCO, "programme": panama.pk})
    assert "The scope does not fit the role" in refused.content.decode()
    signed_in.post(add, {"user": reader.pk, "role": Role.RCO, "country": panama.country_id})
    membership = Membership.objects.get(user=reader, role=Role.RCO)
    assert membership.history.get().history_user == administrator
    assert signed_in.get(reverse("admin:programmes_membership_delete", args=[membership.pk])).status_code == 403
    assert signed_in.get(reverse("admin:programmes_membership_history", args=[membership.pk])).status_code == 200


def test_the_past_is_read_and_not_put_back(signed_in, reader):
    reader.name = "Otro nombre"
    reader.save()
    history = signed_in.get(reverse("admin:programmes_user_history", args=[reader.pk])).content.decode()
    assert "→ Otro nombre" in history
    earlier = reverse("admin:programmes_user_simple_history", args=[reader.pk, reader.history.last().pk])
    assert signed_in.post(earlier, {"email": reader.email, "name": "Lectora"}).status_code == 404
    assert User.objects.get(pk=reader.pk).password == reader.password


def test_there_is_no_second_table_of_rights_and_nothing_of_other_packages():
    ours = {"programmes", "beneficiaries", "reporting"}
    assert {model._meta.app_label for model in admin.site._registry} <= ours


def test_a_lost_second_step_is_taken_away_and_its_key_never_shown(signed_in, reader):
    factor = Authenticator.objects.create(user=reader, type="totp", data={"secret": "KEY-OF-THE-READER"})
    address = reverse("admin:programmes_user_change", args=[reader.pk])
    page = signed_in.get(address)
    assert "two-step sign-in" in page.text.lower()
    assert "KEY-OF-THE-READER" not in page.text
    form = page.context["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        sent |= {
            f"{formset.formset.prefix}-{name}": value for name, value in formset.formset.management_form.initial.items()
        }
        for number, entry in enumerate(formset.formset.initial_forms):
            initial = {name: entry.initial.get(name) for name in entry.fields} | {
                "id": entry.instance.pk,
                "user": reader.pk,
            }
            sent |= {f"{formset.formset.prefix}-{number}-{name}": value or "" for name, value in initial.items()}
    prefix = page.context["inline_admin_formsets"][-1].formset.prefix
    assert signed_in.post(address, sent | {f"{prefix}-0-DELETE": "on"}).status_code == 302
    assert not Authenticator.objects.filter(pk=factor.pk).exists()


@pytest.mark.parametrize("model", REFERENCE)
def test_no_two_columns_have_one_name(signed_in, model):
    page = signed_in.get(reverse(f"admin:{model}_changelist")).text.split('id="result_list"')[1]
    heads = [re.sub(r"<[^>]+>|\s+", " ", head).strip() for head in re.findall(r"(?s)<th scope=\"col\".*?</th>", page)]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize("page", ["import", "export"])
def test_each_column_of_a_file_is_explained(signed_in, page):
    text = signed_in.get(reverse(f"admin:programmes_agency_{page}")).text
    for column, name in (
        ("acronym_en", "Acronym in English"),
        ("name_es", "Name [es]"),
        ("iati_id", "IATI identifier"),
    ):
        assert re.search(rf"(?s)<code>{column}</code></th>\s*<td>[^<]*{re.escape(name)}", text), column


def test_the_administration_has_the_portals_icon(signed_in):
    assert 'rel="icon"' in signed_in.get("/admin/").text
