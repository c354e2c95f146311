"""Reports are fetched from a server that behaves, and nothing is done that one that misbehaves would like."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus import manifest
from corpus.fetch import Fetched, Fetcher, FetchError, candidates, is_public
from councilbench.fetching import add_address, fetch_catalogue, whereabouts

SAMPLE = (Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf").read_bytes()
BIG = SAMPLE[:300_000]
MEETING = b"""<!DOCTYPE html><html><body><h1>Children's Scrutiny Committee</h1>
<a href="documents/s100/Minutes.pdf">Minutes</a>
<a href="documents/s101/Annual%20complaints%20report.pdf">Children's social care complaints annual report 2023/24</a>
<a href="documents/s102/Annual%20report.pdf">Annual report of the virtual school</a>
<a href="ieListMeetings.aspx">Complaints</a></body></html>"""


class Server(ThreadingHTTPServer):
    """Serves what a test puts into `pages`: path -> status, headers, body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {"/robots.txt": (404, {}, b"")}
        self.asked: list[tuple[float, str, str]] = []
        self.ranges: list[str] = []
        self.served: list[int] = []
        """Status of each answer about /broken and of each that was asked by its version."""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((time.monotonic(), self.path, self.headers["User-Agent"]))
        if self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            self.drip(b"x" * 65536, 0.0)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            self.drip(b"x", 0.1)
        elif self.path.startswith("/broken"):
            self.break_off(BIG, named="?named" in self.path)
        else:
            status, headers, body = self.server.pages.get(self.path, (404, {}, b"not here"))
            if "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]:
                status, body = 304, b""
            self.server.served.append(status)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def break_off(self, data: bytes, named: bool) -> None:
        """A third of what was asked for, then nothing more; `named` for a server that names versions and gives parts."""
        at = int((self.headers["Range"] or "bytes=0-")[6:-1]) if named else 0
        self.server.ranges.append(self.headers["Range"] or "")
        self.send_response(206 if at else 200)
        if named:
            self.send_header("ETag", '"v1"')
        if at:
            self.send_header("Content-Range", f"bytes {at}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - at))
        self.end_headers()
        self.wfile.write(data[at : at + len(data) // 3 + 1])
        self.close_connection = True

    def drip(self, data: bytes, pause: float) -> None:
        try:
            while True:
                self.wfile.write(data)
                time.sleep(pause)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


@pytest.fixture
def fetcher(server: Server) -> Iterator[Fetcher]:
    """Reaches the test's own server and nothing else that is not public."""
    found = Fetcher(allowed=(server.host,), pause=0.0, seconds=1.0, most_bytes=1_000_000)
    yield found
    found.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return manifest.create(tmp_path / "region")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("::", False),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://127.0.0.1/x.pdf", "no public address"), ("https://localhost/x.pdf", "no public address"), ("https://[::1]/x.pdf", "no public address"),
        ("https://[::ffff:127.0.0.1]/x.pdf", "no public address"), ("https://2130706433/x.pdf", "no public address"), ("https://0x7f.1/x.pdf", "no public address"),
        ("https://169.254.169.254/latest/meta-data", "no public address"), ("http://example.org/x.pdf", "only https://; --http"), ("file:///etc/passwd", "only https://"),
        ("ftp://example.org/x.pdf", "only https://"), ("https:///x.pdf", "names no host"), ("https://me:secret@example.org/x.pdf", "a name or a password"),
        ("https://no-such-host.invalid/x.pdf", "is not known"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_fetched(url: str, why: str) -> None:
    fetcher = Fetcher(pause=0.0)
    with pytest.raises(FetchError, match=why):
        fetcher.fetch(url)
    fetcher.close()


def test_a_report_is_taken_with_its_kind_told_from_the_bytes(server: Server, fetcher: Fetcher, workspace: Path) -> None:
    server.pages["/download.aspx"] = (302, {"Location": "/files/Bury%20complaints.aspx?id=7"}, b"")
    server.pages["/files/Bury%20complaints.aspx?id=7"] = (200, {"Content-Type": "text/plain"}, SAMPLE)
    taken = add_address(workspace, server.url("/download.aspx"), fetcher, "Bury", "2023-24")
    (document,) = manifest.read(workspace)
    assert (document.slug, document.path.suffix, document.council) == ("Bury complaints", ".pdf", "Bury")
    assert document.path.read_bytes() == SAMPLE and document.source == server.url("/download.aspx")
    assert document.added and document.sha256 and not taken.failed
    assert {agent.split("/")[0] for _, _, agent in server.asked} == {"councilbench"}


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:9/x", "https://10.0.0.1/x", "https://localhost/x", "file:///etc/passwd", "//169.254.169.254/x"],
)
def test_a_redirect_leads_nowhere_else(server: Server, fetcher: Fetcher, target: str) -> None:
    server.pages["/x"] = (301, {"Location": target}, b"")
    with pytest.raises(FetchError, match=r"no public address|only https://"):
        fetcher.fetch(server.url("/x"))


@pytest.mark.parametrize(
    ("path", "page", "why"),
    [
        ("/round", (302, {"Location": "/round"}, b""), "more than 5 other addresses"), ("/gone", (404, {}, b""), "answers 404"), ("/busy", (503, {}, b""), "busy"),
        ("/endless", None, "larger than 1 MB"), ("/slow", None, "takes longer than 1 seconds"),
    ],
)  # fmt: skip
def test_what_misbehaves_is_given_up(
    server: Server, fetcher: Fetcher, path: str, page: tuple[int, dict[str, str], bytes] | None, why: str
) -> None:
    if page is not None:
        server.pages[path] = page
    with pytest.raises(FetchError, match=why):
        fetcher.fetch(server.url(path))


def test_robots_are_asked_once_and_heard(server: Server, fetcher: Fetcher) -> None:
    server.pages |= {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/a": (200, {}, SAMPLE), "/b": (200, {}, SAMPLE), "/private/c": (200, {}, SAMPLE),
    }  # fmt: skip
    assert fetcher.fetch(server.url("/a")).kind == fetcher.fetch(server.url("/b")).kind == "pdf"
    with pytest.raises(FetchError, match=r"does not want programs to fetch it \(robots\.txt\)"):
        fetcher.fetch(server.url("/private/c"))
    assert [path for _, path, _ in server.asked] == ["/robots.txt", "/a", "/b"]


def test_requests_to_one_host_keep_a_pause(server: Server) -> None:
    waits: list[float] = []
    fetcher = Fetcher(allowed=(server.host,), pause=1.0, sleep=waits.append)
    server.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 4\n"), "/a": (200, {}, SAMPLE)}
    fetcher.fetch(server.url("/a"))
    fetcher.fetch(server.url("/a"))
    fetcher.close()
    assert len(waits) == 2 and all(3.0 < wait <= 4.0 for wait in waits)


def test_a_page_that_links_to_the_report_names_it(server: Server, fetcher: Fetcher, workspace: Path) -> None:
    server.pages["/ieListDocuments.aspx"] = (200, {}, MEETING)
    taken = add_address(workspace, server.url("/ieListDocuments.aspx"), fetcher)
    assert taken.failed and not manifest.read(workspace)
    lines = taken.said.splitlines()
    assert server.url("/documents/s101/Annual%20complaints%20report.pdf") in lines[1] and "Minutes" not in taken.said
    assert not add_address(workspace, server.url("/ieListDocuments.aspx"), fetcher, page=True).failed
    assert [d.path.suffix for d in manifest.read(workspace)] == [".html"]
    first = candidates(Fetched(server.url("/"), MEETING, "html"))[0]
    assert first.words.startswith("Children's social care")


def test_a_report_that_changed_at_its_source_is_a_new_version(
    server: Server, fetcher: Fetcher, workspace: Path
) -> None:
    server.pages["/bury.pdf"] = (200, {}, SAMPLE)
    url = server.url("/bury.pdf")
    add_address(workspace, url, fetcher, "Bury", "2023-24")
    (first,) = manifest.read(workspace)
    assert add_address(workspace, url, fetcher).said == "bury is as it was"
    server.pages["/bury.pdf"] = (200, {}, SAMPLE + b"\n%changed")
    said = add_address(workspace, url, fetcher).said
    (second,) = manifest.read(workspace)
    assert "has changed at its source" in said and first.path.name in said
    assert first.path.read_bytes() == SAMPLE and second.path.read_bytes() == SAMPLE + b"\n%changed"
    assert (second.slug, second.council, second.period) == ("bury", "Bury", "2023-24")


def test_a_catalogue_is_fetched_once_and_goes_on_where_it_was(
    server: Server, fetcher: Fetcher, workspace: Path
) -> None:
    server.pages |= {"/a.pdf": (200, {}, SAMPLE), "/b.pdf": (503, {}, b"")}
    rows = [f"Bury Council,2023/24,{server.url('/a.pdf')}", f"Bolton,2022-23,{server.url('/b.pdf')}"]
    (workspace / "catalogue.csv").write_text("\n".join(["council,period,url", *rows]) + "\n", encoding="utf-8")
    assert [t.failed for t in fetch_catalogue(workspace, fetcher)] == [False, True]
    assert list(whereabouts(workspace, ["Bolton", "Bury", "Oldham"])) == [
        "Bolton: known by address only: 2022-23; missing: 2023-24",
        "Bury: there: 2023-24; missing: 2022-23",
        "Oldham: missing: 2022-23, 2023-24",
    ]
    server.pages["/b.pdf"] = (200, {}, SAMPLE + b"\n%b")
    assert [t.said for t in fetch_catalogue(workspace, fetcher)] == ["added b"]
    assert list(fetch_catalogue(workspace, fetcher)) == []
    assert len(list(fetch_catalogue(workspace, fetcher, again=True))) == 2


def test_a_download_that_breaks_off_goes_on_where_it_was(server: Server, fetcher: Fetcher) -> None:
    third = len(BIG) // 3 + 1
    assert fetcher.fetch(server.url("/broken?named")).data == BIG
    assert server.ranges == ["", f"bytes={third}-", f"bytes={2 * third}-"]


def test_parts_of_what_may_be_different_versions_are_not_put_together(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="breaks off"):
        fetcher.fetch(server.url("/broken"))
    assert server.ranges == [""]


def test_a_report_is_sent_again_only_where_the_server_has_another_version(
    server: Server, fetcher: Fetcher, workspace: Path
) -> None:
    url = server.url("/report.pdf")
    server.pages["/report.pdf"] = (200, {"ETag": '"v1"'}, SAMPLE)
    add_address(workspace, url, fetcher)
    assert "is as it was" in add_address(workspace, url, fetcher).said
    server.pages["/report.pdf"] = (200, {"ETag": '"v2"'}, SAMPLE + b"% new")
    assert "has changed at its source" in add_address(workspace, url, fetcher).said
    assert server.served[-3:] == [200, 304, 200]
