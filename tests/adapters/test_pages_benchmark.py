"""The floor of extraction: article-extraction-benchmark by its own measure (F36), where its archive is at hand."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

from monitor.adapters.pages import extract

ARCHIVE = Path(__file__).parents[3] / "shared/data/pages/scrapinghub__article-extraction-benchmark.tar.gz"
FLOOR = 0.955
"""F1. On 22 Nov 2026 it was 0.966; captions, content by the contract and none by the measure, cost 0.7."""


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("article_extraction_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not ARCHIVE.exists(), reason=f"the benchmark's pages are not here ({ARCHIVE})")
def test_f1_on_the_benchmark(tmp_path: Path) -> None:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    evaluate = loaded(tmp_path / "evaluate.py")
    truth = json.loads((tmp_path / "ground-truth.json").read_text())
    found = {
        key: {"articleBody": extract(gzip.decompress((tmp_path / f"html/{key}.html.gz").read_bytes())).body}
        for key in truth
    }
    assert len(found) == 181
    assert evaluate.evaluate(truth, found, n_bootstrap=1)["f1"] >= FLOOR
