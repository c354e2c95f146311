"""The notebook for researchers runs from top to bottom in a real kernel, and what it shows is there."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning", "ignore::RuntimeWarning")
def test_the_notebook_runs() -> None:
    notebook = nbformat.read(ROOT / "docs" / "researchers.ipynb", as_version=4)
    assert not [c for c in notebook.cells if c.get("outputs")], "outputs are not kept in the repository"
    NotebookClient(notebook, timeout=180, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = "\n".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
    assert "no clear difference" in shown
    assert "release/datapackage.json" in shown
    assert "image/png" in shown, "the chart is shown"
