"""A neutral report set in a page design and printed to PDF by the machine's Chromium."""

from __future__ import annotations

import copy
import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from lxml import etree, html

DESIGNS = Path(__file__).parent / "designs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


SEALED = (
    "article",
    "brochure",
    "committee",
    "dashboard",
    "deck",
    "exhibits",
    "feature",
    "inspectorate",
    "largeprint",
    "ledger",
    "magazine",
    "markdown",
    "statistical",
    "theme",
    "workbook",
)
"""Designs that nobody looks at who works on the reading: they measure whether it generalises."""


def names() -> list[str]:
    """The designs there are: each a style sheet, a module that rearranges the page or prints it, or both."""
    return sorted({p.stem for p in DESIGNS.iterdir() if p.suffix in (".css", ".py")})


def _module(design: str) -> ModuleType | None:
    path = DESIGNS / f"{design}.py"
    spec = importlib.util.spec_from_file_location(f"design_{design}", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing(design: str) -> str | None:
    """The package that a design needs (its `NEEDS`) and that is not installed."""
    package = getattr(_module(design), "NEEDS", None)
    return package if package and importlib.util.find_spec(package) is None else None


def set_pdf(sheet: object, body: html.HtmlElement, design: str, out: Path) -> Path:
    """Print a report in a design: by the design's own `print_pdf(body, out)`, else in the browser's `sheet` its own `page(body)`, or
    the report under its style sheet."""
    arranged, module = copy.deepcopy(body), _module(design)
    if hasattr(module, "print_pdf"):
        module.print_pdf(arranged, out)  # type: ignore[union-attr]
        return out
    content = module.page(arranged) if hasattr(module, "page") else _styled(arranged, design, module)  # type: ignore[union-attr]
    sheet.set_content(content, wait_until="load")  # type: ignore[attr-defined]
    sheet.pdf(path=str(out), prefer_css_page_size=True, print_background=True)  # type: ignore[attr-defined]
    return out


def _styled(body: html.HtmlElement, design: str, module: ModuleType | None) -> str:
    """A report as a page of HTML, arranged by the design and under its style sheet."""
    if hasattr(module, "arrange"):
        module.arrange(body)  # type: ignore[union-attr]
    style = (DESIGNS / f"{design}.css").read_text(encoding="utf-8")
    content = etree.tostring(body, encoding="unicode", method="html")
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
