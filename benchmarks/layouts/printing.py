"""A neutral report set in a page design and printed to PDF by the machine's Chromium."""

from __future__ import annotations

import copy
import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree, html

DESIGNS = Path(__file__).parent / "designs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def names() -> list[str]:
    """The designs there are: a style sheet each, with a module of the same name where the page is also rearranged."""
    return sorted(p.stem for p in DESIGNS.glob("*.css"))


def page(body: html.HtmlElement, design: str) -> str:
    """The whole HTML page of a report in a design. `arrange(body)` of the design's module changes a copy of it."""
    arranged = copy.deepcopy(body)
    module = DESIGNS / f"{design}.py"
    if module.exists():
        spec = importlib.util.spec_from_file_location(f"design_{design}", module)
        assert spec is not None and spec.loader is not None
        code = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(code)
        code.arrange(arranged)
    style = (DESIGNS / f"{design}.css").read_text(encoding="utf-8")
    content = etree.tostring(arranged, encoding="unicode", method="html")
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><style>{style}</style></head>{content}</html>'
    )


@contextmanager
def printer() -> Iterator[object]:
    """A browser that prints pages. Raises RuntimeError where none is installed."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (a development dependency)

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise RuntimeError("needs Chromium; install it, e.g. with `apt-get install chromium`")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser.new_page()
        finally:
            browser.close()


def print_pdf(sheet: object, page_html: str, out: Path) -> Path:
    """Print one page; its size is that of the design's `@page`."""
    sheet.set_content(page_html, wait_until="load")  # type: ignore[attr-defined]
    sheet.pdf(path=str(out), prefer_css_page_size=True, print_background=True)  # type: ignore[attr-defined]
    return out
