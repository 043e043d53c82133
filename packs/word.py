"""What every Word document is made of: A4, Word's own headings, tables whose headings come again, British English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from data.version import VERSION
from packs.excel.styles import DARK, FONT, INK
from packs.excel.workbook import shown_text

LANGUAGE = "en-GB"
SIZES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 12, "Header": 9, "Footer": 9}
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
TEXT_WIDTH = Mm(174)
SHORT = 13  # rows, the headings among them, that are kept on one page


def new_document(title: str, subject: str, sensitivity: str, foot: str) -> WordDocument:
    """An empty A4 document, the sensitivity at its head, page numbers at its foot. No person is named as its author."""
    document = Document()
    _without_old_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, points in SIZES.items():
        _style(document, name, points)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Permanence Tracker"
    properties.version = VERSION
    properties.title, properties.subject = shown_text(title)[:255], shown_text(subject)[:255]
    properties.language, properties.comments, properties.keywords = LANGUAGE, "", sensitivity
    section.header.paragraphs[0].text = sensitivity
    _foot(section.footer.paragraphs[0], foot)
    return document


def _without_old_styles(document: WordDocument) -> None:
    """Leave out the second table of styles that the template has for Word 2007: it would not have the styles that are added."""
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)


def _style(document: WordDocument, name: str, points: float) -> None:
    style = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(points)
    style.font.color.rgb = RGBColor.from_string(DARK if name.startswith(("Title", "Heading")) else INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in THEMES:
        # A theme's font would win over the one that is named.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if name == "Normal":
        style.paragraph_format.space_after = Pt(4)


def _foot(paragraph: Paragraph, foot: str) -> None:
    paragraph.add_run(f"{shown_text(foot)}    Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_words(document: WordDocument, text: str, style: str | None = None, bold: bool = False) -> Paragraph:
    """A paragraph of words, whatever they hold."""
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(shown_text(text)).bold = bold or None
    return paragraph


def add_heading(document: WordDocument, text: str, level: int) -> None:
    """One of Word's own headings (0: the title)."""
    document.add_heading(shown_text(text), level)


def add_labelled(document: WordDocument, label: str, text: str, before_more: bool = False) -> None:
    """A paragraph that begins with its label; ``before_more``: it stands on the page of what comes after it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = before_more or None
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(shown_text(text))


def add_table(
    document: WordDocument, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float]
) -> None:
    """A table whose headings come again on every page and whose rows are not cut by the end of one; a short one stays on a page.

    ``title`` is what a screen reader calls it; ``shares`` are the columns' parts of the width.
    """
    for before in document.paragraphs[-1:]:
        # What leads to a table stands on its page.
        before.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    table.autofit = False
    _describe(table, title)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(TEXT_WIDTH * share / sum(shares))
    every = (headings, *rows)
    for place, texts in enumerate(every):
        cells = table.add_row().cells
        goes_on = place == 0 or len(every) <= SHORT and place < len(every) - 1
        for cell, text in zip(cells, texts, strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].paragraph_format.keep_with_next = goes_on or None
            cell.paragraphs[0].add_run(shown_text(text)).bold = True if place == 0 else None
        settings = table.rows[-1]._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if place == 0:
            settings.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _describe(table, title: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), shown_text(title))
    table._tbl.tblPr.append(caption)
