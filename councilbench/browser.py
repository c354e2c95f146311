"""A page as PDF, through a browser that the machine has: Chromium, Chrome or Edge."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus.outputs import write_output
from corpus.store import CannotWriteError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_PLACES = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_MAC = "/Applications/{name}.app/Contents/MacOS/{name}"
SECONDS = 120
"""A browser that has not printed by then is stopped."""


class NoBrowserError(CannotWriteError):
    """No browser can print; the message says what to do instead."""


def find() -> Path | None:
    """The first browser found; None where there is none."""
    return next(_browsers(), None)


def _browsers() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        for place in _PLACES if os.environ.get(variable) else ():
            if (path := Path(os.environ[variable]) / place).is_file():
                yield path
    for name in ("Google Chrome", "Microsoft Edge", "Chromium"):
        if (path := Path(_MAC.format(name=name))).is_file():
            yield path


def print_pdf(page: str, out: Path) -> None:
    """Write an HTML page as PDF. Raises NoBrowserError where no browser is found or it does not print."""
    browser = find()
    if browser is None:
        raise NoBrowserError(
            f"{out}: no browser was found to make a PDF with (Edge, Chrome or Chromium); write .html, open it and print it to PDF."
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        arguments = [str(browser), "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        arguments += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            arguments.append("--no-sandbox")  # a browser that is run by root starts only without it
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):  # then there is no page, which is said below
            subprocess.run([*arguments, source.as_uri()], capture_output=True, timeout=SECONDS, check=False)
        if not made.is_file():
            raise NoBrowserError(
                f"{out}: {browser.name} did not print the page; write .html, open it and print it to PDF."
            )
        data = made.read_bytes()
    write_output(out, lambda temporary: temporary.write_bytes(data))
