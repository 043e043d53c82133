"""What the product is made of is locked by hash, and a look at known weaknesses that looked nothing up does not pass."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

import develop

ROOT = Path(__file__).parent.parent
# The charts' library as the npm registry publishes it.
PUBLISHED = {
    "LICENSE": "8c45d9eaf50c2f72dd9c7ab9ef440788ba58a3538484b5c51c1f17d5128752e7",
    "package.json": "5461fbed8d13269ffdc16f60caf7a928dfc564ceb69238803fb49b0e7bb3a69c",
    "plotly-basic.min.js": "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba",
}
LOCKED = {"alpha": "1.0", "beta": "2.3.1"}


def report(**versions: str) -> dict:
    return {"dependencies": [{"name": name, "version": version, "vulns": []} for name, version in versions.items()]}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-release"])
def test_every_package_is_locked_to_a_version_by_its_hashes(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = [entry for entry in entries if re.match(r"[a-z0-9]", entry)]
    assert entries
    assert [
        entry
        for entry in entries
        if not re.match(r"[a-z0-9-]+(\[[\w,-]+\])?==\S+( ;[^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", entry)
    ] == []
    asked = [
        line.split("[")[0].split(">")[0] for line in (ROOT / f"{name}.in").read_text().split("\n") if re.match(r"[a-z]", line)
    ]
    assert {re.split(r"[=\[]", entry)[0] for entry in entries} >= set(asked)


def test_no_lock_names_where_packages_come_from() -> None:
    for path in ROOT.glob("requirements*"):
        assert not re.search(r"https?://|--index|--find-links", path.read_text(encoding="utf-8")), path.name


def test_the_locked_packages_are_all_of_the_file() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert len(develop.locked_packages()) == len(re.findall(r"^\S+==", text, flags=re.MULTILINE)) > 20


def test_a_look_at_every_package_that_finds_nothing_passes() -> None:
    assert develop.audit_faults(report(**LOCKED), LOCKED) == []


@pytest.mark.parametrize(
    "looked_at",
    [
        report(alpha="1.0"),
        report(),
        report(alpha="1.0", beta="2.3.2"),
        {"dependencies": [*report(alpha="1.0")["dependencies"], {"name": "beta", "skip_reason": "not found"}]},
    ],
    ids=["one missing", "none", "another version", "skipped"],
)
def test_a_package_that_was_not_looked_up_stops_the_release(looked_at: dict) -> None:
    (fault,) = develop.audit_faults(looked_at, LOCKED)
    assert "of 2 packages were looked up; not " in fault and "beta" in fault


def test_a_known_weakness_is_named() -> None:
    found = report(**LOCKED)
    found["dependencies"][1]["vulns"] = [{"id": "CVE-2026-1"}]
    assert develop.audit_faults(found, LOCKED) == ["beta 2.3.1: CVE-2026-1"]


def test_the_charts_library_is_as_it_was_published() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in develop.CHARTS_LIBRARY.iterdir()}
    assert found == PUBLISHED


def test_the_charts_library_is_the_version_that_plotly_checks_figures_for() -> None:
    library = develop.charts_library()
    assert library["version"] == get_plotlyjs_version()
    begins = (develop.CHARTS_LIBRARY / "plotly-basic.min.js").read_text(encoding="utf-8")[:200]
    assert f"v{library['version']}\n" in begins and "MIT license" in begins


def test_the_list_of_what_the_product_is_made_of_has_the_charts_library(tmp_path: Path) -> None:
    parts = tmp_path / "sbom.json"
    parts.write_text('{"bomFormat": "CycloneDX", "components": [{"name": "alpha"}]}', encoding="utf-8")
    develop.add_charts_library(parts)
    listed = json.loads(parts.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX" and listed["components"][0] == {"name": "alpha"}
    (library,) = listed["components"][1:]
    assert library["purl"] == f"pkg:npm/plotly.js-basic-dist-min@{get_plotlyjs_version()}"
    assert library["licenses"] == [{"license": {"id": "MIT"}}]
    assert library["hashes"] == [{"alg": "SHA-256", "content": PUBLISHED["plotly-basic.min.js"]}]
