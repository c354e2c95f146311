"""Each table of four columns or more, with the line over it, on a page of its own, turned by a quarter."""

from lxml.html import HtmlElement, builder


def arrange(body: HtmlElement) -> None:
    for table in list(body.iter("table")):
        if max((len(row) for row in table.iter("tr")), default=0) < 4 or len(list(table.iter("tr"))) > 24:
            continue
        inner = builder.DIV()
        outer = builder.DIV(inner)
        outer.set("class", "turned")
        above = table.getprevious()
        table.addprevious(outer)
        if above is not None and above.tag == "p" and len(above.text_content()) < 160:
            inner.append(above)
        inner.append(table)
