"""A server that speaks the protocol of a language model, and misbehaves as it is told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]
Behaviour = Callable[["Handler", Request], None]


class Handler(BaseHTTPRequestHandler):
    """Gives each request to the behaviour of its server, and keeps it."""

    protocol_version = "HTTP/1.1"
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        with suppress(BrokenPipeError, ConnectionResetError):  # the client goes away, as it should
            self.server.behaviour(self, body)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def fail(self, status: int, words: str = "no", **headers: str) -> None:
        self.send(status, json.dumps({"error": {"message": words}}).encode(), **headers)

    def answer(self, content: object, finish: str = "stop", **more: object) -> None:
        message = {"role": "assistant", "content": content, **more}
        body = {
            "id": "x", "object": "chat.completion", "created": 0, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 4000, "completion_tokens": 200, "total_tokens": 4200},
        }  # fmt: skip
        self.send(200, json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Endpoint(ThreadingHTTPServer):
    """A server with the requests that it got."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.requests: list[Request] = []
        self.keys: list[str] = []
        self.closing = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is none."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Endpoint]:
    """A running server, stopped at the end."""
    server = Endpoint(behaviour)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def shown_lines(request: Request) -> dict[int, str]:
    """The numbered lines of a prompt."""
    return {int(n): text for n, text in re.findall(r"^(\d+): (.*)$", request["messages"][0]["content"], re.MULTILINE)}


def figure(line: int, printed: str, quote: str, **given: str) -> dict[str, object]:
    """One figure of an answer: complaints received at stage 1 in 2023-24, unless it is said otherwise."""
    return {
        "line": line, "printed": printed, "quote": quote, "period": "2023-24", "procedure": "children_statutory", "stage": "stage_1",
        "measure": "received", "category": "", "unit": "count", "base": "", "authority": "",
    } | given  # fmt: skip


def figures(*found: dict[str, object]) -> str:
    """The text of an answer."""
    return json.dumps({"figures": list(found)})


def drip(handler: Handler, pause: float = 0.1) -> None:
    """Sends an answer byte by byte and never finishes."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.closing.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(pause)


def hang(handler: Handler) -> None:
    """Sends nothing at all."""
    handler.server.closing.wait(20)
