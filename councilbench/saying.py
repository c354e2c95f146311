"""What is said to a person on a terminal: words only, whatever a report or a file's name holds."""

from __future__ import annotations

import re

import click

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters save tab and the end of a line, C1 among them, and marks that turn the direction of writing."""


def plain(text: str) -> str:
    """A text that steers no terminal.

    >>> plain("red \\x1b[31mtext")
    'red [31mtext'
    """
    return _CONTROL.sub("", text)


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "report"), counted(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def say(text: str, err: bool = False) -> None:
    """Print a line, on standard error where `err`."""
    click.echo(plain(text), err=err)
