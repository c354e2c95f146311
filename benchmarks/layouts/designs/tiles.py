"""Tables of up to three columns that follow one another become tiles, each with its title, two beside one another."""

from lxml.html import HtmlElement, builder


def arrange(body: HtmlElement) -> None:
    row = None
    for table in list(body.iter("table")):
        if max((len(line) for line in table.iter("tr")), default=0) > 3:
            row = None
            continue
        above = table.getprevious()
        titled = above is not None and above.tag == "p" and len(above.text_content()) < 120
        before = (above if titled else table).getprevious()
        if row is None or before is not row or len(row) > 1:
            row = builder.DIV()
            row.set("class", "tiles")
            (above if titled else table).addprevious(row)
        tile = builder.DIV(*([above] if titled else []), table)
        tile.set("class", "tile")
        row.append(tile)
