"""A large-print edition: 17 pt sans on cream in one ragged column, boxed title page, wide tables as one card a row, narrow ones with heavy rules, captioned bars."""

from html import escape
from pathlib import Path

from parts import PARAGRAPH, grid, is_figure, is_total, number, read_chart, rich, text_of

NEEDS = "weasyprint"
STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
LONGEST = 140


def div(kind, *inner):
    return f'<div class="{kind}">{"".join(inner)}</div>'


def said(label, words):
    return div("said", f"<b>{escape(label)}</b>{escape(words)}")


def line(label, value):
    return div("line", f'<span class="a">{escape(label)}</span><span class="v">{escape(value)}</span>')


def card(found, row, labels, wordy):
    """A row of a table: what it is about, and a line for each of its values under the heads of its column."""
    top, low, texts = found.texts[0], found.texts[found.heads - 1], found.texts[row]
    key = " – ".join(dict.fromkeys(filter(None, texts[:labels])))
    out, before = [], None
    if len(key) < 130:
        kind = "card" + " total" * key.lower().startswith("total") + " split" * any(len(t) > 200 for t in texts)
        out += [f"<small>{escape(top[0])}</small>" if top[0] else "", div("key", escape(key))]
    else:
        kind = "card split"
        out.append(said(top[0], key))
    for c in found.rows[row]:
        if c.column < labels:
            continue
        if c.columns > 1:
            out.append(div("key", escape(c.text)))
            continue
        if found.heads > 1 and top[c.column] != before:
            before = top[c.column]
            out.append(div("sub", escape(before)))
        out.append((said if wordy else line)(low[c.column], c.text))
    return div(kind, *out)


def cards(found):
    top, body = found.texts[0], found.texts[found.heads :]
    labels = 2 if top[0] and top[0] == top[1] else 1
    wordy = any(len(text) > 40 for row in body for text in row[labels:])
    return "".join(card(found, row, labels, wordy) for row in range(found.heads, found.height))


def ruled(found):
    """A table with heavy rules; what groups its rows becomes a band over them."""
    grouped = found.heads and found.width == 3 and any(c.rows > 1 for c in found.cells)
    figures = {
        column
        for column in range(1, found.width)
        if all(is_figure(c.text) for c in found.cells if c.row >= found.heads and (c.column, c.columns) == (column, 1))
    }
    head = body = ""
    for row, cells in enumerate(found.rows):
        if row < found.heads:
            shown = [c for c in cells if not grouped or c.column]
            names = (
                f'<th colspan="{c.columns}" class="{"r" * (c.column in figures)}">{escape(c.text)}</th>' for c in shown
            )
            head += f"<tr>{''.join(names)}</tr>"
            continue
        if grouped and cells[0].column == 0:
            words = f"{found.texts[0][0]}: {cells[0].text}"
            body += f'<tr class="band"><td colspan="2">{escape(words)}</td></tr>' if cells[0].text else ""
            del cells[0]
        values = (
            f'<td colspan="{c.columns}" rowspan="{c.rows}" '
            f'class="{"r" * (c.column in figures or (c.columns > 1 and c.column > 0))}">{escape(c.text)}</td>'
            for c in cells
        )
        body += f'<tr class="{"total" * is_total(cells[0].text)}">{"".join(values)}</tr>'
    look = "two" * (found.width > 2) + " small" * (found.width > 4)
    return f'<table class="{look}"><thead>{head}</thead><tbody>{body}</tbody></table>'


def table(element):
    found = grid(element)
    wordy = max(len(c.text) for c in found.cells) > 60
    if found.heads and (found.width > 3 or wordy) and all(found.texts[found.heads - 1][1:]):
        return cards(found)
    if wordy and found.width == 2:
        pairs = (map(escape, row) for row in found.texts)
        return "".join(div("card split", div("key", label), div("said", words)) for label, words in pairs)
    return ruled(found)


def chart(svg):
    drawn = read_chart(svg)
    places = {series: n for n, series in enumerate(drawn.series)}
    out = [div("title", escape(drawn.title))]
    for category, values in drawn.rows:
        several = len(drawn.series) > 1
        item = [div("cat", f"<b>{escape(category)}</b>" if several else escape(category))]
        for series, printed in values.items():
            long = LONGEST * number(printed) / drawn.highest
            bar = f'<i class="s{places[series]}" style="width:{long:.1f}mm"></i><b>{escape(printed)}</b>'
            item += [div("ser", escape(drawn.series[series])) if several else "", div("bar", bar)]
        out.append(div("item", *item))
    return div("chart", *out)


def same(element):
    return f"<{element.tag}>{rich(element)}</{element.tag}>"


def block(element):
    match element.tag:
        case "table":
            return table(element)
        case "svg":
            return chart(element)
        case "ul" | "ol":
            return f"<{element.tag}>{''.join(map(same, element))}</{element.tag}>"
    match = PARAGRAPH.match(element.text or "") if element.tag == "p" else None
    if match:
        element.text = element.text[match.end() :]
        return f'<p class="num"><b class="n">{match[1]}</b>{rich(element)}</p>'
    return same(element)


def titles(items):
    """How many elements stand on the title page: those before the first text, but for its heading."""
    last = len(items) - 1
    first = next(
        n
        for n, e in enumerate(items)
        if n == last or e.tag in ("table", "ul") or (e.tag == "p" and len(text_of(e)) > 60)
    )
    if first < 2 or items[first - 1].tag not in ("h2", "h3", "p"):
        return first
    above, heading, text = (e.tag for e in items[first - 2 : first + 1])
    return first if first < 4 and (above, heading, text) == ("h1", "h2", "p") else first - 1


def print_pdf(body, out):
    from weasyprint import HTML  # noqa: PLC0415  (only this design needs it)

    items = list(body)
    first = titles(items)
    content = div("cover", *map(same, items[:first])) + "".join(map(block, items[first:]))
    head = f'<head><meta charset="utf-8"><style>{STYLE}</style></head>'
    HTML(string=f'<!doctype html><html lang="en-GB">{head}<body>{content}</body></html>').write_pdf(str(out))
