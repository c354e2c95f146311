"""A second reader for the documents of one run: what is asked about them, what is kept, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from corpus.kept_replies import FOLDER, KeptReply, by_hand, keep, kept, key_of
from councilbench import model
from councilbench.settings import ModelSettings
from normalise.asking.page_lines import PageLine
from normalise.asking.prompt import Prompt, prompts
from normalise.asking.replies import Answer, answers_in


@dataclass(frozen=True)
class Second:
    """What a second reader answered on one document."""

    answers: tuple[Answer, ...]
    lines: frozenset[int]
    """Numbers of the lines that it was shown and answered on."""
    notes: tuple[str, ...] = ()
    """Sentences for the user."""


@dataclass
class SecondReader:
    """Keeps the replies of a folder and asks for those that are missing."""

    folder: Path
    settings: ModelSettings
    only: bool = False
    """True where the rules are not to be heard."""
    problems: dict[str, str] = field(default_factory=dict)
    """Key of a prompt -> why there is no reply to it."""

    @property
    def name(self) -> str:
        """Who reads: `model`, or `both`."""
        return "model" if self.only else "both"

    def fingerprint(self) -> str:
        """A hash of what decides its answers: settings, replies that are kept, and what could not be asked."""
        found = sha256(
            f"{self.settings.name}|{self.settings.sent}|{self.settings.size}|{self.only}|{self.problems}".encode()
        )
        for path in sorted((self.folder / FOLDER).glob("*")):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
        return found.hexdigest()[:16]

    def missing(self, lines: Sequence[PageLine], document: str) -> list[tuple[str, Prompt]]:
        """The prompts of a document, with their keys, to which no reply is kept."""
        if not self.settings.address or by_hand(self.folder, document):
            return []
        return [(key, p) for key, p in self._parts(lines, document) if kept(self.folder, key) is None]

    def ask(
        self, wanted: Sequence[tuple[str, Prompt]], budget: float | None, answered: Callable[[int], object]
    ) -> model.Spent:
        """Asks for the missing replies and keeps each as it comes. Raises ModelError, corpus.store.CannotWriteError."""
        spent = model.Spent(self.settings, budget)

        def arrived(n: int, reply: KeptReply | None) -> None:
            if reply is not None:
                keep(self.folder, wanted[n][0], reply)
            answered(n)

        problems = model.ask_all([p for _, p in wanted], spent, arrived)
        self.problems |= {wanted[n][0]: problem for n, problem in problems.items()}
        return spent

    def on(self, lines: Sequence[PageLine], document: str) -> Second:
        """What the kept replies say of a document."""
        if texts := by_hand(self.folder, document):
            return _brought(texts)
        if not self.settings.address:
            return Second((), frozenset(), ("no second reading: no reply on it is kept",))
        answers: list[Answer] = []
        shown: set[int] = set()
        notes = []
        parts = self._parts(lines, document)
        for n, (key, prompt) in enumerate(parts, 1):
            reply = kept(self.folder, key)
            name = f"part {n} of {len(parts)}" if len(parts) > 1 else "it"
            if reply is None:
                why = self.problems.get(key) or "has not been asked yet; build or extract it to ask"
                notes.append(f"no second reading of {name}: the model {why}")
                continue
            found = answers_in(reply.text)
            notes += [f"the model's answer on {name} {problem}" for problem in found.problems]
            answers += found.answers
            last = max((a.line for a in found.answers), default=prompt.first) if found.cut else prompt.last
            shown.update(range(prompt.first, last + 1))
        return Second(tuple(answers), frozenset(shown), tuple(notes))

    def _parts(self, lines: Sequence[PageLine], document: str) -> list[tuple[str, Prompt]]:
        s = self.settings
        return [(key_of(p.text, s.name, s.sent), p) for p in prompts(lines, document, s.size)]


def _brought(texts: Iterable[str]) -> Second:
    """Replies from a chat window: which lines were shown is known only from the answers."""
    answers: list[Answer] = []
    shown: set[int] = set()
    notes: list[str] = []
    for text in texts:
        found = answers_in(text)
        numbers = [a.line for a in found.answers]
        answers += found.answers
        shown.update(range(min(numbers, default=1), max(numbers, default=0) + 1))
        notes += [f"a kept reply {problem}" for problem in found.problems]
    return Second(tuple(answers), frozenset(shown), tuple(notes))


def brought(folder: Path) -> bool:
    """Whether a folder keeps replies from a chat window."""
    return any((folder / FOLDER).glob("*.txt"))


def in_words(settings: ModelSettings, tokens_in: float, tokens_out: float) -> str:
    """Tokens, and what they cost where prices are known."""
    cost = f", {settings.cost(tokens_in, tokens_out):,.2f} by the prices of [model]" if settings.priced else ""
    return f"{tokens_in:,.0f} tokens sent and {tokens_out:,.0f} received{cost}"
