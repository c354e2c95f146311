"""Saved web pages: the main part of a page as headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from extract.layout import lead_of, text_passage
from extract.limits import WIDEST, limits, number_in
from extract.model import Block, Cell, Heading, Paragraph, Reading, Table, UnreadableError
from extract.readers import visibility
from extract.readers.visibility.web import Page

MAX_BYTES = 20_000_000
"""Of a page with its pictures and styles in it."""
DEEPER = "elements within more than {} others were left out; print the page to PDF where figures are missing"
LARGE_TABLE = "a table of more than {:,} cells was left out; it is a register of cases, not a report"
_DROPPED = {
    "script", "style", "noscript", "template", "nav", "form", "button", "select", "svg", "iframe", "head", "object",
    "video", "audio", "input", "textarea", "dialog", "menu",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "figure", "figcaption", "details", "summary", "header", "footer", "aside", "body", "center", "pre", "address", "hr",
}  # fmt: skip
_SITE = re.compile(r"cookie|breadcrumb|skip-?link|site-?(?:header|footer|nav)|social-?share|pagination", re.IGNORECASE)


def read(path: Path) -> Reading:
    """Read a web page, or a folder of the pages of one report in the order of their names.

    Raises UnreadableError where there is no text in it.
    """
    pages = pages_in(path) if path.is_dir() else [path]
    blocks: list[Block] = []
    seen: set[str] = set()
    notes: dict[str, None] = {}
    for page in pages:
        if page.stat().st_size > MAX_BYTES:
            raise UnreadableError(
                f"is a web page of more than {MAX_BYTES // 1_000_000} MB; save it without its pictures, or print it to PDF"
            )
        found, said = _blocks_of(page.read_bytes())
        notes |= dict.fromkeys(said)
        # What every page of a publication repeats (its title, its list of pages) is read once.
        new = [b for b in found if isinstance(b, Table) or _words(b) not in seen]
        seen |= {_words(b) for b in found}
        blocks += new
    if not blocks and notes:
        raise UnreadableError(f"is a web page of which nothing could be read: {'; '.join(notes)}")
    if not blocks:
        raise UnreadableError("is a web page without text; save the page with its text, or print it to PDF")
    return Reading(blocks, len(pages), list(notes))


def pages_in(folder: Path) -> list[Path]:
    """The saved pages in a folder, "page-2" before "page-10"."""
    pages = [p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in (".html", ".htm", ".xhtml")]

    def natural(path: Path) -> list[tuple[int, str]]:
        first = -1 if path.stem.lower() in ("index", "default", "home") else 0
        return [(first, "")] + [
            (int(t), "") if t.isdigit() else (0, t) for t in re.split(r"(\d+)", path.stem.lower()) if t
        ]

    return sorted(pages, key=natural)


def _words(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _blocks_of(data: bytes) -> tuple[list[Block], list[str]]:
    """Headings, paragraphs, list items and tables of one page, and what to tell of what was left out."""
    from lxml import html  # noqa: PLC0415  (only needed for web pages)

    try:
        root = html.document_fromstring(_decode(data), parser=html.HTMLParser(no_network=True, huge_tree=True))
    except (ValueError, AssertionError, html.etree.LxmlError):
        return [], []
    notes = [DEEPER.format(limits().nesting)] if _flattened(root) else []
    mains = root.xpath("//main | //*[@role='main']")
    body = mains[0] if len(mains) == 1 and len(mains[0].text_content()) > 200 else root.find("body")
    found: list[Block] = []
    if body is None:
        return found, notes
    if Page(root, _furniture).strip(body):
        notes.append(visibility.warning())
    limits().check_text(body.text_content())
    title = root.findtext(".//title")
    if title and not body.xpath(".//h1"):
        found.append(Heading(" ".join(title.split()), 1, None))
    _walk(body, found, notes, False)
    return found, notes


def _decode(data: bytes) -> str:
    """Text of a page: by byte-order mark, by its own declaration, else UTF-8, else Windows-1252."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", data[:4000])
    names = [declared[1].decode("ascii")] if declared else []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        names.insert(0, "utf-16")
    for name in [*names, "utf-8-sig"]:
        try:
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        break
    else:
        text = data.decode("cp1252", "replace")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))


def _flattened(root: Any) -> bool:
    """Cut a page off where its elements are nested too deeply to be walked; whether any were."""
    depth = {root: 0}
    deep = []
    for element in root.iterdescendants():
        depth[element] = depth[element.getparent()] + 1
        if depth[element] == limits().nesting:
            deep.append(element)
    cut = [e for e in deep if len(e)]
    for element in cut:
        for child in list(element):
            element.remove(child)
    return bool(cut)


def _walk(element: Any, found: list[Block], notes: list[str], bullet: bool) -> None:
    """Blocks of an element's children; words between blocks are paragraphs of their own."""
    loose: list[str] = [element.text or ""]

    def flush() -> None:
        _paragraph(_joined(loose), found, bullet, "")
        loose.clear()

    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            loose.append(" ")
        elif not tag or _dropped(child, tag):
            pass
        elif tag in _BLOCKS or _holds_blocks(child):
            flush()
            _block(child, tag, found, notes, bullet)
        else:
            loose.append(_text(child))
        loose.append(child.tail or "")
    flush()


def _dropped(element: Any, tag: str) -> bool:
    return tag in _DROPPED or _furniture(element, tag)


def _furniture(element: Any, tag: str) -> bool:
    """True for what is around the text of a page: menus, forms, its head and foot."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        (tag in _DROPPED and tag not in ("template", "noscript", "dialog"))
        or element.get("role") in ("navigation", "banner", "contentinfo", "search")
        or (tag in ("header", "footer") and element.getparent() is not None and element.getparent().tag == "body")
        or (_SITE.search(named) is not None and tag not in ("body", "main", "html"))
    )


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(e.tag, str) and e.tag in _BLOCKS for e in element.iterdescendants())


def _block(element: Any, tag: str, found: list[Block], notes: list[str], bullet: bool) -> None:
    if re.fullmatch(r"h[1-6]", tag):
        text = " ".join(_text(element).split())
        if text:
            found.append(Heading(re.sub(r"^\d+(?:\.\d+)*\.?\s+(?=[A-Z])", "", text), min(int(tag[1]), 5), None))
    elif tag in ("summary", "dt"):
        text = " ".join(_text(element).split())
        if text:
            found.append(Heading(text, 4, None))
    elif tag == "table":
        _table(element, found, notes)
    elif tag == "pre":
        from extract.readers.text import blocks_of_text  # noqa: PLC0415

        found += blocks_of_text(element.text_content())
    elif tag in ("p", "li", "dd", "figcaption", "address") and not _holds_blocks(element):
        strong = element.find(".//strong") if element.find(".//strong") is not None else element.find(".//b")
        lead = ""
        text = " ".join(_text(element).split())
        if strong is not None:
            bold = " ".join(_text(strong).split())
            if bold and bold == text and len(bold.split()) <= 14 and not re.search(r"[.;,]$", bold) and tag == "p":
                found.append(Heading(bold, 5, None))
                return
            if text.startswith(bold) and len(bold.split()) <= 12 and re.search(r"[A-Za-z]{4}", bold):
                lead = bold.strip(" –-:")
        _paragraph(text, found, bullet or tag == "li", lead)
    else:
        _walk(element, found, notes, bullet or tag == "li")


def _paragraph(text: str, found: list[Block], bullet: bool, lead: str) -> None:
    text = " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split())
    if text and re.search(r"\w", text):
        found.append(Paragraph(text_passage(text), None, bullet, lead or lead_of(text)))


def _text(element: Any) -> str:
    """The words of an element, without raised footnote marks and what is not shown."""
    parts = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            parts.append(" ")
        elif tag and not _dropped(child, tag):
            inner = _text(child)
            mark = tag == "sup" and re.fullmatch(r"\s*\[?[\d*†‡,a-z]{1,3}\]?\s*", inner)
            if not mark:
                parts.append(f" {inner} " if tag in _BLOCKS else inner)
        parts.append(child.tail or "")
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    """Neighbouring pieces of text; a large number and the word beneath it, which a style sheet sets apart, are two words."""
    joined: list[str] = []
    for part in filter(None, parts):
        if joined and re.match(r"[A-Za-z]{4}", part) and re.search(r"\d%?$", joined[-1][-2:]):
            joined.append(" ")
        joined.append(part)
    return "".join(joined)


def _table(table: Any, found: list[Block], notes: list[str]) -> None:
    rows = [
        tr
        for tr in table.iter("tr")
        if next(a for a in tr.iterancestors() if a.tag == "table") is table and not _dropped(tr, "tr")
    ]
    # Feet may stand before the body in the source; they are shown last.
    rows.sort(key=lambda tr: {"thead": 0, "tfoot": 2}.get(tr.getparent().tag, 1))
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        for tr in rows:
            for cell in tr:
                if cell.tag in ("td", "th"):
                    _walk(cell, found, notes, False)
        return
    caption = table.find("caption")
    if caption is not None:
        _paragraph(_text(caption), found, False, "")
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for r, tr in enumerate(rows):
        c = 0
        for td in tr:
            if td.tag not in ("td", "th"):
                continue
            while (r, c) in taken:
                c += 1
            down = number_in(td.get("rowspan"), 1, len(rows) - r)
            across = number_in(td.get("colspan"), 1, WIDEST)
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            if len(taken) > limits().cells:
                notes.append(LARGE_TABLE.format(limits().cells))
                return
            cells.append(Cell(text_passage(_text(td).replace("\u00a0", " ")), r, c, down, across))
            c += across
    if cells:
        found.append(Table(cells, None, None, "html"))
