"""The house keeps its shape: imports run one way, and each library stays in its room."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
# What each room may import of the others.
MAY_IMPORT = {
    "data": {"data"},
    "metrics": {"metrics", "data"},
    "casework": {"casework", "metrics", "data"},
    "packs": {"packs", "casework", "metrics", "data"},
    "ui": {"ui", "packs", "casework", "metrics", "data"},
    "pages": {"ui"},
    "commands": {"commands", "packs", "casework", "metrics", "data"},
    "benchmarks": {"benchmarks", "packs", "metrics", "data"},
}
# Which rooms may hold a library.
MAY_HOLD = {
    "streamlit": {"app.py", "pages", "ui", "benchmarks"},
    "plotly": {"app.py", "pages", "ui"},
    "openpyxl": {"packs", "data", "benchmarks"},
    "docx": {"packs"},
    "typst": {"packs"},
    "matplotlib": {"packs"},
    "scipy": {"metrics"},
    "highspy": {"metrics"},
    "sqlalchemy": {"casework"},
    "alembic": {"casework"},
    "duckdb": {"data", "metrics", "commands", "benchmarks"},
}
ROOMS = set(MAY_IMPORT) | {"tests"}


def _sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"], cwd=HERE, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split() if not name.startswith("tests/") and (HERE / name).exists()]


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((HERE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", _sources(), ids=str)
def test_a_file_imports_only_what_its_room_may(path):
    room, imported = path.parts[0], _imports(path)
    assert "tests" not in imported
    if room in MAY_IMPORT:
        assert imported & ROOMS <= MAY_IMPORT[room]
    for library, rooms in MAY_HOLD.items():
        assert library not in imported or room in rooms, f"{path} imports {library}"


def test_the_tests_would_notice_a_wrong_import(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import streamlit\nfrom metrics.engine.engine import Engine\n")
    assert _imports(wrong) == {"streamlit", "metrics"}


@pytest.mark.parametrize("path", _sources(), ids=str)
def test_no_policy_is_named_in_the_code(path):
    """What belongs to a policy stands in its file. A page may share its name with a policy: the menu names pages."""
    policies = {file.stem for file in (HERE / "policies").glob("*.toml")}
    pages = {file.stem for file in (HERE / "pages").glob("*.py")} if path.name in ("navigation.py", "policy_pages.py") else set()
    quoted = re.compile(rf"""["'](?:{"|".join(sorted(policies - pages))})["']""")
    words = [
        node.value for node in ast.walk(ast.parse((HERE / path).read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    ]
    named = [word for word in words if isinstance(word, str) and (word in policies - pages or quoted.search(word))]
    assert named == []
