"""Workbooks as offices keep them, and what any workbook must hold to so that Excel opens it without repairing it."""

import io
import posixpath
import zipfile

import openpyxl
from defusedxml import ElementTree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def rich():
    """Picture, chart, formulas, colours, rules, choices, notes, merged cells, names, hidden and locked sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Año d'or 1"
    for row in (["Informe", None, None], ["Área", "Mujeres", "Hombres"], ["Coclé", "x", 4], ["Herrera", -3, "=B4+1"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["B4"].fill, sheet["B4"].number_format = PatternFill("solid", fgColor="FFCCE5FF"), "#,##0"
    sheet["A2"].fill, sheet["A2"].font = PatternFill("solid", fgColor="FF073B46"), Font(color="FFFFFFFF", bold=True)
    sheet["B3"].comment, sheet["C4"].comment = Comment("Llamar a Ana", "Luis"), Comment("suma", "Luis")
    sheet["B3"].alignment = Alignment(horizontal="center")
    sheet.conditional_formatting.add("B3:C4", CellIsRule("lessThan", ["0"], fill=PatternFill(bgColor="FFFF0000")))
    choice = DataValidation(type="list", formula1='"nd,na"')
    choice.add("B3:B4")
    sheet.add_data_validation(choice)
    sheet.protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=2, max_row=4))
    sheet.add_chart(chart, "E2")
    picture = io.BytesIO()
    Picture.new("RGB", (3, 3), "red").save(picture, "png")
    sheet.add_image(Image(picture), "E20")
    book.create_sheet("Errores").append(["mis errores"])
    book.create_sheet("Oculta").append([1])
    book["Oculta"].sheet_state = "hidden"
    book.defined_names["cifras"] = DefinedName("cifras", attr_text="'Año d''or 1'!$B$3:$C$4")
    sheet.print_title_rows = "2:2"
    book.security.lockStructure = True
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(data):
    """What Excel would want to repair: markup, content types, relations, numbers that must be there or be single."""
    found, held = [], parts(data)
    trees = {n: ElementTree.fromstring(c) for n, c in held.items() if n.endswith((".xml", ".rels", ".vml"))}
    types = trees["[Content_Types].xml"]
    endings = {t.get("Extension").lower() for t in types if t.tag.endswith("Default")}
    named = [t.get("PartName") for t in types if t.tag.endswith("Override")]
    found += [f"{name} declared twice" for name in set(named) if named.count(name) > 1]
    found += [f"{name} declared but missing" for name in named if name.lstrip("/") not in held]
    found += [f"{n} not declared" for n in held if f"/{n}" not in named and n.rpartition(".")[2] not in endings]
    for name in held:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            ids = [relation.get("Id") for relation in trees[name]]
            found += [f"{name}: {i} twice" for i in set(ids) if ids.count(i) > 1]
            for relation in trees[name]:
                target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target"))).lstrip("/")
                if relation.get("TargetMode") != "External" and target not in held:
                    found.append(f"{name}: no {target}")
    return found + _faults_of_sheets(held, trees)


def _faults_of_sheets(held, trees):
    found, styles = [], trees["xl/styles.xml"]
    (formats,) = (node for node in styles if node.tag.endswith("cellXfs"))
    for node in styles:
        if node.get("count") and int(node.get("count")) != len(node):
            found.append(f"{node.tag} count")
    sheets = [node for node in trees["xl/workbook.xml"].iter() if node.tag.endswith("}sheet")]
    for key in ("name", "sheetId", RELATION):
        if len({node.get(key) for node in sheets}) < len(sheets):
            found.append(f"{key} twice")
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            cells = [node for node in tree.iter() if node.tag.endswith("}c")]
            places = [openpyxl.utils.cell.coordinate_to_tuple(at) for cell in cells if (at := cell.get("r"))]
            found += [f"{name} order"] * (places != sorted(set(places)))
            found += [f"{name} format"] * any(int(cell.get("s", 0)) >= len(formats) for cell in cells)
        if name.endswith(".vml"):
            ids = [node.get("id") for node in tree.iter() if node.tag.endswith("}shape")]
            found += [f"{name} shapes"] * (len(ids) != len(set(ids)))
    return found
