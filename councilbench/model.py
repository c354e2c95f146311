"""Asks a language model behind an address in the manner of OpenAI: a few requests at a time, within a budget."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.kept_replies import KeptReply
from councilbench.settings import KEY, ModelSettings
from normalise.asking.prompt import Prompt
from normalise.asking.replies import SCHEMA, answers_in

LONGEST_BODY = 16_000_000
"""Bytes of a response; more is not read."""
CHARACTERS_A_TOKEN = 3.6
TOKENS_A_FIGURE = 75
"""Of an answer, as recorded replies have it."""


class ModelError(Exception):
    """A request came to nothing; the message is for the user."""


class NoUseError(ModelError):
    """Nor would any other request come to anything: no key, no model, no server."""


@dataclass
class Spent:
    """Tokens that were used, and those that requests under way may use."""

    settings: ModelSettings
    budget: float | None = None
    """In the currency of the prices, or in tokens where there are none; none for no limit."""
    tokens_in: int = 0
    tokens_out: int = 0
    under_way: float = 0.0

    def of(self, tokens_in: float, tokens_out: float) -> float:
        """What tokens take of the budget."""
        return self.settings.cost(tokens_in, tokens_out) if self.settings.priced else tokens_in + tokens_out

    def allows(self, prompt: Prompt) -> bool:
        """Whether a request is still within the budget, with those under way."""
        used = self.of(self.tokens_in, self.tokens_out) + self.under_way
        return self.budget is None or used + self.of(*expected(prompt)) <= self.budget


def expected(prompt: Prompt) -> tuple[float, float]:
    """The tokens that a prompt and its answer will take, roughly."""
    return len(prompt.text) / CHARACTERS_A_TOKEN, 50 + TOKENS_A_FIGURE * prompt.figures


Answered = Callable[[int, KeptReply | None], object]
"""Hears the reply to a prompt, by the prompt's place; none where it came to nothing."""


def ask_all(prompts: Sequence[Prompt], spent: Spent, answered: Answered) -> dict[int, str]:
    """Asks each prompt, and says of each that came to nothing why.

    Raises ModelError where the client is not installed.
    """
    try:
        import openai  # noqa: F401, PLC0415
    except ImportError as error:
        raise ModelError(
            'a model can be asked only with the extra packages; install them, in the folder of councilbench: pip install ".[model]"'
        ) from error
    return asyncio.run(_Asking(spent).all(prompts, answered))


class _Asking:
    """One round of requests."""

    def __init__(self, spent: Spent) -> None:
        import openai  # noqa: PLC0415

        self._openai = openai
        self._settings = spent.settings
        self._spent = spent
        self._with_schema = True
        self._stopped = ""
        self._slots = asyncio.Semaphore(self._settings.at_once)

    async def all(self, prompts: Sequence[Prompt], answered: Answered) -> dict[int, str]:
        """Every prompt, as many at a time as the settings say."""
        problems: dict[int, str] = {}
        async with self._openai.AsyncOpenAI(
            api_key=os.environ.get(KEY) or "none",
            base_url=self._settings.address,
            timeout=self._settings.seconds,
            max_retries=self._settings.attempts - 1,
        ) as client:

            async def one(n: int) -> None:
                async with self._slots:
                    reply = None
                    try:
                        reply = await self._within_budget(client, prompts[n])
                    except ModelError as error:
                        problems[n] = str(error)
                        if isinstance(error, NoUseError):
                            self._stopped = str(error)
                    answered(n, reply)

            await asyncio.gather(*(one(n) for n in range(len(prompts))))
        return problems

    async def _within_budget(self, client: Any, prompt: Prompt) -> KeptReply:
        if self._stopped:
            raise ModelError(self._stopped)
        if not self._spent.allows(prompt):
            raise ModelError("was not asked, because the budget would be exceeded")
        reserved = self._spent.of(*expected(prompt))
        self._spent.under_way += reserved
        try:
            return await self._reply(client, prompt)
        finally:
            self._spent.under_way -= reserved

    async def _reply(self, client: Any, prompt: Prompt) -> KeptReply:
        """A usable reply. Raises ModelError."""
        body = await self._body(client, prompt)
        tokens = _tokens(body, prompt)  # what declines to answer costs, too
        self._spent.tokens_in += tokens[0]
        self._spent.tokens_out += tokens[1]
        text, finished = _content(body)
        if finished == "content_filter" or not text.strip():
            raise ModelError("declined to answer")
        reply = answers_in(text)
        if not reply.usable:
            raise ModelError(f"gave an answer that {'; it '.join(reply.problems)}")
        return KeptReply(text, self._settings.name, *tokens)

    async def _body(self, client: Any, prompt: Prompt) -> Mapping[str, Any]:
        """The response, with a schema where the server has it."""
        openai = self._openai
        for last in (False, True):
            with_schema = self._with_schema  # other requests may find out meanwhile
            try:
                return await self._sent(client, prompt, with_schema)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if with_schema and not last:
                    self._with_schema = False
                    continue
                raise ModelError(f"refused the prompt ({error.status_code}: {_plain(error.message)})") from error
            except openai.APIError as error:
                raise self._problem(error) from error
            except _BrokenOffError as error:
                if last:
                    raise ModelError(str(error)) from error
        raise AssertionError

    async def _sent(self, client: Any, prompt: Prompt, with_schema: bool) -> Mapping[str, Any]:
        form = {"type": "json_schema", "json_schema": {"name": "figures", "strict": True, "schema": SCHEMA}}
        more = {"response_format": form} if with_schema else {}
        request = client.chat.completions.with_streaming_response.create(
            model=self._settings.name,
            messages=[{"role": "user", "content": prompt.text}],
            **self._settings.sent,
            **more,
        )
        async with request as response:
            return await self._read(response)

    async def _read(self, response: Any) -> Mapping[str, Any]:
        """The body of a response, as far as there is time and room for it."""
        body = bytearray()
        try:
            async with asyncio.timeout(self._settings.seconds):
                async for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > LONGEST_BODY:
                        raise ModelError(f"answered with more than {LONGEST_BODY // 1_000_000} million bytes")
        except TimeoutError as error:
            raise ModelError(f"had not finished its answer after {self._settings.seconds:g} seconds") from error
        except ModelError:
            raise
        except Exception as error:  # whatever the client's transport raises
            raise _BrokenOffError("broke its answer off") from error
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _BrokenOffError("gave a response that is no JSON, or only part of it") from error
        if not isinstance(found, dict):
            raise _BrokenOffError("gave a response in another form than that of the interface")
        return found

    def _problem(self, error: Any) -> ModelError:
        """What to tell the user about an error of the client."""
        openai, s = self._openai, self._settings
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return NoUseError(
                f"was not asked, because {s.address} refused the key ({error.status_code}); set the right one in {KEY}"
            )
        if isinstance(error, openai.NotFoundError):
            return NoUseError(
                f"was not asked, because {s.address} knows no model {s.name!r}, or the address does not end as it should (404)"
            )
        if isinstance(error, openai.RateLimitError):
            return ModelError(f"was still too busy after {_times(s.attempts)} (429); build again later")
        if isinstance(error, openai.APITimeoutError):
            return ModelError(
                f"gave no answer within {s.seconds:g} seconds, after {_times(s.attempts)}; raise seconds in [model]"
            )
        if isinstance(error, openai.APIConnectionError):
            return NoUseError(f"was not asked, because {s.address} cannot be reached")
        if isinstance(error, openai.APIStatusError):
            return ModelError(f"still failed after {_times(s.attempts)} (status {error.status_code})")
        return ModelError(f"answered in a form that cannot be used ({_plain(str(error))})")


class _BrokenOffError(Exception):
    """A response that ended early or is none; worth one more attempt."""


def _content(body: Mapping[str, Any]) -> tuple[str, str]:
    """The text of a response and why it ended. Raises ModelError where there is none."""
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise ModelError("gave a response without an answer in it")
    message = choices[0].get("message")
    text = message.get("content") if isinstance(message, dict) else None
    if not isinstance(text, str):
        raise ModelError("declined to answer")
    return text, str(choices[0].get("finish_reason"))


def _times(attempts: int) -> str:
    return "one attempt" if attempts == 1 else f"{attempts} attempts"


def _tokens(body: Mapping[str, Any], prompt: Prompt) -> tuple[int, int]:
    """Tokens sent and received as the server counts them; as expected where it does not."""
    usage = body.get("usage")
    counted = [usage.get(n) if isinstance(usage, dict) else None for n in ("prompt_tokens", "completion_tokens")]
    sent, received = (
        value if isinstance(value, int) and 0 <= value < 100_000_000 else round(guess)
        for value, guess in zip(counted, expected(prompt), strict=True)
    )
    return sent, received


def _plain(text: str) -> str:
    """A server's words, short and without what a terminal would act on."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
