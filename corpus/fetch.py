"""Reports from the web: politely, within limits, and from public addresses only.

What a council links to may lead anywhere: each address is resolved here, refused unless it is public, and connected to as resolved, also behind
every redirect, so that nobody can turn a fetch on a machine inside the network.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from corpus.archive import kind_of_bytes
from corpus.errors import UserError

MOST_BYTES = 50_000_000
MOST_SECONDS = 120.0
MOST_REDIRECTS = 5
MOST_RESUMED = 3
"""How often a download that breaks off goes on where it was."""
PAUSE = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""
LONGEST_PAUSE = 30.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class UnchangedError(Exception):
    """What lies at an address is the version that was asked by."""


class FetchError(UserError):
    """An address was not fetched; the message says why, without the address."""


@dataclass(frozen=True)
class Fetched:
    """What lay at an address."""

    url: str
    """Where it was in the end, behind redirects."""
    data: bytes
    kind: str
    """`pdf`, `docx`, `xlsx`, `zip`, `html`, told from the bytes; empty for anything else."""
    etag: str = ""
    """What the server calls this version, to be asked by later; empty where it says nothing."""

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """The name of the file at the end of the address, without its ending."""
        last = unquote(urlsplit(self.url).path).rstrip("/").rsplit("/", 1)[-1]
        return last.rsplit(".", 1)[0] or urlsplit(self.url).hostname or "report"


@dataclass(frozen=True)
class Candidate:
    """A document that a page links to."""

    url: str
    words: str


def is_public(address: str) -> bool:
    """True for an address on the internet: not private, loopback, link-local, reserved, or an IPv6 form of such a one.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None,))[0]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


@dataclass
class _PublicOnly(httpcore.NetworkBackend):
    """Connects to public addresses, and to those of a list."""

    allowed: Collection[str]
    """`host:port` that may be reached although it is not public: for tests."""
    backend: httpcore.SyncBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise FetchError(f"{host} is not known ({error.strerror or error}); check the address") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        hidden = [a for a in addresses if not is_public(a)]
        if hidden and f"{host}:{port}" not in self.allowed:
            raise FetchError(f"{host} is no public address ({hidden[0]}), and only public ones are fetched")
        for n, address in enumerate(addresses, 1):
            try:
                return self.backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n == len(addresses):
                    raise
        raise FetchError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        self.backend.sleep(seconds)


@dataclass
class Fetcher:
    """Fetches one address after another."""

    allowed: Collection[str] = ()
    """`host:port` that may be reached although it is not public, and without https: for tests."""
    http: bool = False
    """True where addresses without https are fetched, too."""
    pause: float = PAUSE
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES
    sleep: Callable[[float], object] = time.sleep
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.agent = f"councilbench/{version('councilbench')}"
        transport = httpx.HTTPTransport(trust_env=False)
        transport._pool = httpcore.ConnectionPool(  # httpx has no public way to say how to connect
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_PublicOnly(self.allowed)
        )
        self.client = httpx.Client(
            transport=transport, timeout=15, follow_redirects=False, trust_env=False, headers={"User-Agent": self.agent}
        )

    def close(self) -> None:
        """End all connections."""
        self.client.close()

    def fetch(self, url: str, etag: str = "") -> Fetched:
        """What lies at an address. Raises FetchError; UnchangedError where it still is the version of `etag`."""
        end = time.monotonic() + self.seconds
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url)
            self._ask_leave(url, end)
            status, head, data = self._get(url, end, self.most_bytes, {"If-None-Match": etag} if etag else {})
            if status == 304:
                raise UnchangedError
            if status in (301, 302, 303, 307, 308) and "location" in head:
                url = urljoin(url, head["location"])
                continue
            if status in (429, 503):
                raise FetchError(f"the server is busy ({status}); try again later")
            if status != 200:
                raise FetchError(f"the server answers {status}; check the address")
            return Fetched(url, data, kind_of_bytes(data), head.get("etag", ""))
        raise FetchError(f"leads to more than {MOST_REDIRECTS} other addresses one after another")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        plain = self.http or f"{parts.hostname}:{parts.port}" in self.allowed
        if parts.scheme != "https" and not (parts.scheme == "http" and plain):
            raise FetchError(
                f"{parts.scheme or 'nothing'}:// is not fetched, only https://"
                + ("; --http allows http:// too" if parts.scheme == "http" else "")
            )
        if not parts.hostname:
            raise FetchError("names no host")
        if parts.username or parts.password:
            raise FetchError("holds a name or a password, which belong in no list of addresses")

    def _ask_leave(self, url: str, end: float) -> None:
        """Read robots.txt once a host, and keep the pause that it asks for."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            rules = RobotFileParser()
            status, _, data = self._get(f"{root}/robots.txt", end, 500_000)
            if status == 200:
                rules.parse(data.decode("utf-8", "replace").splitlines())
            elif status in (401, 403) or status >= 500:
                raise FetchError(
                    f"{parts.hostname} does not say whether programs may fetch from it (robots.txt: {status})"
                )
            else:
                rules.parse([])
            self._robots[root] = rules
        if not self._robots[root].can_fetch(self.agent, url):
            raise FetchError(
                f"{parts.hostname} does not want programs to fetch it (robots.txt); download it in a browser"
            )

    def _get(
        self, url: str, end: float, most: int, asking: Mapping[str, str] | None = None
    ) -> tuple[int, httpx.Headers, bytes]:
        """Status, heads and body. A body that breaks off is asked for from there on, where the server names its versions."""
        parts = urlsplit(url)
        data, version_of, headers = bytearray(), "", dict(asking or {})
        for resumed in range(MOST_RESUMED + 1):
            self._wait_for(f"{parts.scheme}://{parts.netloc}")
            try:
                with self.client.stream("GET", url, headers=headers) as response:
                    if response.status_code != 206 or not _goes_on(response.headers, len(data)):
                        data.clear()
                    version_of = _version(response.headers)
                    self._read(response, data, end, most)
                    status = 200 if response.status_code == 206 else response.status_code
                    return status, response.headers, bytes(data)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.ReadTimeout) as error:
                if not data or not version_of or resumed == MOST_RESUMED:
                    raise FetchError(f"breaks off ({str(error) or type(error).__name__}); try again later") from error
                headers = {"Range": f"bytes={len(data)}-", "If-Range": version_of, "Accept-Encoding": "identity"}
            except httpx.HTTPError as error:
                raise FetchError(
                    f"cannot be reached ({str(error) or type(error).__name__}); check the address"
                ) from error
            except httpx.InvalidURL as error:
                raise FetchError(f"is no address ({error})") from error
        raise AssertionError("unreachable")

    def _read(self, response: httpx.Response, data: bytearray, end: float, most: int) -> None:
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > most:
                raise FetchError(f"is larger than {most // 1_000_000} MB; download the report itself, without annexes")
            if time.monotonic() > end:
                raise FetchError(f"takes longer than {self.seconds:.0f} seconds; try again later")

    def _wait_for(self, root: str) -> None:
        """One request a host at a time, with a pause between."""
        asked = self._robots[root].crawl_delay(self.agent) if root in self._robots else None
        pause = min(max(self.pause, float(asked or 0)), LONGEST_PAUSE)
        left = self._last.get(root, -1e9) + pause - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[root] = time.monotonic()


def _version(headers: httpx.Headers) -> str:
    """What names the version of a body that may be asked for in parts; empty where none does."""
    if headers.get("content-encoding", "identity") != "identity" or headers.get("accept-ranges") == "none":
        return ""
    etag: str = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


def _goes_on(headers: httpx.Headers, at: int) -> bool:
    return headers.get("content-range", "").startswith(f"bytes {at}-")


class _Links(HTMLParser):
    """The links of a page with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.found.append((self._href, " ".join(" ".join(self._words).split())))
            self._href = None


def candidates(page: Fetched) -> list[Candidate]:
    """The documents that a page links to and that may be complaints reports, likeliest first.

    A committee's page links to all its papers: what speaks of complaints comes before what speaks of an annual report, other papers are left out.
    """
    links = _Links()
    links.feed(page.data.decode("utf-8", "replace"))
    found: dict[str, Candidate] = {}
    for href, words in links.found:
        url = urljoin(page.url, href.strip())
        path = urlsplit(url).path.lower()
        is_document = path.endswith((".pdf", ".docx", ".xlsx")) or "/documents/s" in path
        if is_document and urlsplit(url).scheme in ("http", "https"):
            found.setdefault(url.split("#")[0], Candidate(url.split("#")[0], words or unquote(path.rsplit("/", 1)[-1])))
    ranked = [(rank, n, c) for n, c in enumerate(found.values()) if (rank := _rank(c))]
    return [c for _, _, c in sorted(ranked, key=lambda r: (-r[0], r[1]))]


def _rank(candidate: Candidate) -> int:
    said = f"{candidate.words} {unquote(candidate.url)}".lower()
    return 2 * ("complain" in said or "representation" in said) + ("annual" in said) + ("child" in said)
