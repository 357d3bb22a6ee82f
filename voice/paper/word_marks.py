"""What a Word file says beside its words, and python-docx has no name for: languages, directions, what a picture shows.

Element names are those of ECMA-376, part 1, section 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from voice.languages import LANGUAGES, Language
from voice.paper.documents import Direction

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.shape import InlineShape
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

LATIN_FACE = "Arial"
FACES = {"ur": "Urdu Typesetting", "ar": "Arial", "pa": "Nirmala UI", "bn": "Nirmala UI"}
"""Faces that Word brings along, for letters that are not Latin or Cyrillic; our own cannot be put into the file."""

INK, QUIET = RGBColor(0x1F, 0x24, 0x30), RGBColor(0x4A, 0x51, 0x60)
SIZES = {
    "Normal": 14,
    "Heading 1": 26,
    "Heading 2": 19,
    "Heading 3": 16,
    "Heading 4": 14,
    "Heading 5": 14,
    "Heading 6": 14,
    "Quote": 14,
    "Footer": 11,
    "TOC Heading": 19,
}
"""Points. Easy read asks for 14 or more."""

DENSE_SIZES = SIZES | {"Normal": 12, "Heading 1": 24, "Heading 2": 18, "Heading 3": 14, "Quote": 12, "TOC Heading": 18}
"""For reports that are read at work."""

DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
"""Says that a picture says nothing of its own (Office 2019 and later; others find no words and pass it over)."""


def tag_of(code: str) -> str:
    """The language as Word names it: ``en-GB``, ``ar-SA``."""
    return {"ar": "ar-SA", "pa": "pa-IN"}.get(code, LANGUAGES[code].locale.replace("_", "-"))


def dress(made: WordDocument, language: Language, *, dense: bool = False) -> None:
    """Gives a new document its language, its faces and sizes, and the size of its pages."""
    for name, size in (DENSE_SIZES if dense else SIZES).items():
        style: Any = made.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = INK
        style.font.italic = False
        properties = style.element.get_or_add_rPr()
        _faces(properties, language.code)
        _set(properties, "w:szCs", val=str(size * 2))
    for name in ("Heading 1", "Heading 2", "Heading 3", "Quote", "List Bullet", "Normal"):
        made.styles[name].paragraph_format.space_after = Pt(8)
    made.styles["Quote"].paragraph_format.left_indent = made.styles["Quote"].paragraph_format.right_indent = Mm(6)
    defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _language(defaults, language.code)
    settings = made.settings.element
    _set(settings, "w:themeFontLang", **_tags(language.code))
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    if language.direction == "rtl":
        section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings")


def _faces(properties: Any, language: str) -> None:
    faces = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("ascii", "hAnsi", "eastAsia"):
        faces.set(qn(f"w:{name}"), LATIN_FACE)
    faces.set(qn("w:cs"), FACES.get(language, LATIN_FACE))


def _tags(language: str) -> dict[str, str]:
    tag = tag_of(language)
    return {"val": tag, "eastAsia": tag, "bidi": tag if LANGUAGES[language].script not in ("Latn", "Cyrl") else "ar-SA"}


def _language(properties: Any, language: str) -> None:
    _set(properties, "w:lang", **_tags(language))


def _set(parent: Any, name: str, **values: str) -> None:
    """Gives an element of this name the values as attributes. A new one stands last, where the schema wants these."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    for attribute, value in values.items():
        found.set(qn(f"w:{attribute}"), value)


def mark_language(run: Run, language: str, direction: Direction) -> None:
    """Says in which language a run of words is; "" is one that we do not know."""
    properties = run._r.get_or_add_rPr()
    if language in FACES:
        _faces(properties, language)
    if direction == "rtl":
        run.font.rtl = True
    if language:
        _language(properties, language)


def mark_direction(paragraph: Paragraph, direction: Direction) -> None:
    mark_direction_of(paragraph._p, direction)


def mark_direction_of(paragraph: Any, direction: Direction) -> None:
    """The same, of the element of a paragraph."""
    if direction == "rtl":
        paragraph.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"),
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        )


def mark_table(table: Table, direction: Direction) -> None:
    """Its first row is the headings, said again on each page; rows stay whole."""
    if direction == "rtl":
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def mark_row_headings(table: Table) -> None:
    """Says that the first column has the headings of the rows (``tblLook``), as the first row has those of columns."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        table._tbl.tblPr.append(look)
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("lastRow", "0"), ("lastColumn", "0")):
        look.set(qn(f"w:{name}"), value)


def describe(drawn: InlineShape, alternative: str) -> None:
    """Says what a picture shows, or that it shows nothing that the words do not say."""
    described = drawn._inline.docPr
    described.set("name", "Picture")
    described.set("descr", alternative)
    if not alternative:
        described.append(parse_xml(DECORATIVE))


def make_quiet(run: Run) -> None:
    run.font.size = Pt(12)
    run.font.color.rgb = QUIET


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word fills in, such as ``PAGE``."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
