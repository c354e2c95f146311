"""What tests share: the sample reports read once, and a command line that runs in a folder of its own."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing import forkserver
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from compare.charts import figures
from compare.figure import Figure
from compare.groups import Comparison, choose
from councilbench.cli import cli
from councilbench.given import documents_of
from councilbench.outputs import compare
from councilbench.pipeline import run
from councilbench.runs import Run

# Drawing makes many small objects that live on; looking through them for garbage is an eighth of the suite's time.
gc.set_threshold(100_000, 50, 50)

# Children of all tests share what one server has loaded; each of them would load it anew else.
multiprocessing.set_forkserver_preload(["councilbench.loaded", "councilbench.tabling"])
forkserver.ensure_running()

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
"""Reports and reference data that a developer may have beside the repository; a user has not."""


@pytest.fixture(scope="session")
def samples() -> Run:
    """The five sample reports, read."""
    return run(documents_of([SAMPLES]))


@pytest.fixture(scope="session")
def comparison(samples: Run) -> Comparison:
    """Bath and North East Somerset beside the other samples."""
    return compare(samples, "Bath and North East Somerset", "all")


@pytest.fixture(scope="session")
def region() -> Comparison:
    """Fourteen councils over four years with figures made up at random, so that shares can be judged."""
    spec = spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    observations, indicators, own = module.figures(14, 4)
    return choose(indicators, observations, own, "Hackney", ("all",))


@pytest.fixture(scope="session")
def samples_drawn(comparison: Comparison) -> list[Figure]:
    """The figures of the comparison of the samples, drawn once for all tests that show them."""
    return figures(comparison)


@pytest.fixture
def councilbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in an empty folder; takes arguments as on the command line."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)
        return result

    return call


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a new bucket on a server that speaks S3."""
    pytest.importorskip("s3fs")
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  (slow to import)

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    import s3fs  # noqa: PLC0415

    bucket = f"councils-{uuid4().hex[:8]}"  # servers of one process share what they hold
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(bucket)
    yield f"s3://{bucket}"
    server.stop()
