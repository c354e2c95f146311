"""What the designs share that LibreOffice prints: native charts and fields in Word documents, and the printing."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from parts import Drawn

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
SMALL = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
BOLD = SMALL.replace('"900"', '"900" b="1"')
FACE = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr><a:latin typeface="Carlito"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
NO_AXIS = '<c:delete val="1"/><c:axPos val="b"/>'
AXIS = (
    '<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
    '<a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/>'
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
)
SHOWN = "".join(
    f'<c:show{what} val="{int(what == "Val")}"/>'
    for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)


def _points(values: dict[int, str], count: int) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v, quote=False)}</c:v></c:pt>' for i, v in values.items())
    return f'<c:ptCount val="{count}"/>{points}'


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _series(said: Drawn, place: int, fills: Sequence[str], pie: bool, bold: bool, form: str) -> str:
    count = len(said.categories)
    values = {i: said.values[i, place].replace(",", "") for i in range(count) if (i, place) in said.values}
    slices = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/>{_fill(fills[i % len(fills)])}</c:dPt>' for i in range(count)
    )
    bar = _fill(fills[place]) + '<c:invertIfNegative val="0"/>'
    name = _points({0: said.names[place]}, 1)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache>{name}</c:strCache></c:strRef></c:tx>"
        f"{slices if pie else bar}"
        f'<c:dLbls>{BOLD * bold}<c:dLblPos val="{"bestFit" if pie else "outEnd"}"/>{SHOWN}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>S!$A$2</c:f><c:strCache>{_points(dict(enumerate(said.categories)), count)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>S!$B$2</c:f><c:numCache><c:formatCode>{form}</c:formatCode>{_points(values, count)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def chart_xml(
    said: Drawn,
    kind: str,
    fills: Sequence[str],
    size: int = 12,
    bold: bool = False,
    *,
    form: str = "General",
    title: bool = True,
    legend: bool = True,
    axis: bool = False,
) -> bytes:
    """A native chart of a kind, `bar`, `col` or `pie`, with a title of so many points and its values as labels.

    `form` is the number format of the values; with `axis` a chart of bars has an axis of values with grid lines.
    """
    pie = kind == "pie"
    series = "".join(_series(said, j, fills, pie, bold, form) for j in range(len(said.names)))
    look = f'sz="{size * 100}"' + ' b="1"' * bold
    above = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr {look}/></a:pPr><a:r>"
        f'<a:rPr lang="en-GB" {look}/><a:t>{escape(said.title, quote=False)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )
    bars = (
        f'<c:barChart><c:barDir val="{kind}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if kind == "bar" else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/>{SMALL}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'{AXIS if axis else NO_AXIS}<c:crossAx val="1"/></c:valAx>'
    )
    plot = f'<c:pieChart><c:varyColors val="1"/>{series}</c:pieChart>' if pie else bars
    below = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{SMALL}</c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}"><c:chart>{above if title else ""}<c:autoTitleDeleted val="{int(not title)}"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
        f'{below if legend and (pie or len(said.names) > 1) else ""}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{FACE}</c:chartSpace>"
    ).encode()


def place_chart(doc: Document, paragraph: Paragraph, xml: bytes, number: int, width: int, height: int) -> None:
    """Put the chart of a number into a paragraph."""
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        xml,
        doc.part.package,
    )
    link = doc.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline><wp:extent cx="{int(width)}" cy="{int(height)}"/>'
            f'<wp:docPr id="{number}" name="Chart {number}"/><a:graphic><a:graphicData uri="{CHART}">'
            f'<c:chart xmlns:c="{CHART}" r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field, such as `PAGE`, at the end of a paragraph."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        paragraph.add_run()._r.append(element)


def shade(cell: object, colour: str) -> None:
    """Fill a cell of a table."""
    properties = cell._tc.get_or_add_tcPr()  # type: ignore[attr-defined]
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>'))


def print_office(save: Callable[[str], object], suffix: str, out: Path) -> None:
    """Save a document under the name of the PDF, and have LibreOffice print it there."""
    with tempfile.TemporaryDirectory() as box:
        document = f"{box}/{out.stem}{suffix}"
        save(document)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{box}/profile"]
        command += ["--convert-to", "pdf", "--outdir", str(out.parent), document]
        subprocess.run(command, check=True, capture_output=True)
