"""The architecture keeps its shape: imports run one way, none run in a circle, and each library stays in its package."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What each package may import of the others.
MAY_IMPORT = {
    "words": {"words"},
    "data": {"data"},
    "metrics": {"metrics", "data", "words"},
    "casework": {"casework", "metrics", "data", "words"},
    "packs": {"packs", "casework", "metrics", "data", "words"},
    "access": {"access", "casework", "metrics", "data", "words"},
    "ui": {"ui", "access", "packs", "casework", "metrics", "data", "words"},
    "pages": {"ui"},
    "commands": {"commands", "access", "packs", "casework", "metrics", "data", "words"},
    "benchmarks": {"benchmarks", "packs", "casework", "metrics", "data", "words"},
}
# Which packages may use a library.
MAY_USE = {
    "streamlit": {"app.py", "pages", "ui", "benchmarks"},
    "plotly": {"app.py", "pages", "ui"},
    "openpyxl": {"packs", "data", "benchmarks"},
    "docx": {"packs"},
    "typst": {"packs"},
    "matplotlib": set(),
    "scipy": set(),
    "highspy": {"metrics"},
    "sqlalchemy": {"access", "casework", "data"},
    "alembic": {"casework"},
    "duckdb": {"data", "metrics", "commands", "benchmarks"},
}
PACKAGES = set(MAY_IMPORT) | {"tests"}


@cache
def sources() -> list[Path]:
    """Every Python file of the product, tests apart, as git lists them."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split() if not name.startswith("tests/") and (ROOT / name).exists()]


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    """All that a file says, which several tests look through."""
    return tuple(ast.walk(ast.parse(text)))


def _imports(text: str, modules: Iterable[str] = ()) -> set[str]:
    """The modules that a file imports: ours (of ``modules``) in full, others by their first name. Imports inside functions count."""
    known, names = set(modules), set()
    for node in _nodes(text):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (parts & known) | ({node.module} if parts - known else set())
    return {name if name in known else name.split(".")[0] for name in names}


def _text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_file_imports_only_what_its_package_may(path):
    package, imported = path.parts[0], _imports(_text(path))
    assert "tests" not in imported
    if package in MAY_IMPORT:
        assert imported & PACKAGES <= MAY_IMPORT[package]
    for library, packages in MAY_USE.items():
        assert library not in imported or package in packages, f"{path} imports {library}"


def test_the_tests_would_notice_a_wrong_import():
    assert _imports("import streamlit\nfrom metrics.engine.engine import Engine\n") == {"streamlit", "metrics"}
    assert _imports("from ui.drift import answers, missing\n", ["ui.drift", "ui.drift.answers"]) == {
        "ui.drift",
        "ui.drift.answers",
    }


def _circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The members of a circle in a graph of who imports whom; none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@cache
def _graph() -> dict[str, set[str]]:
    paths = {_module(path): path for path in sources()}
    return {name: _imports(_text(path), paths) & set(paths) - {name} for name, path in paths.items()}


def test_no_module_imports_itself_by_way_of_another():
    assert _circle(_graph()) == []


def test_folders_of_one_package_import_one_way():
    """A folder below a package is one subject; a file that lies beside the folders is a subject of its own."""
    paths = {_module(path): path for path in sources()}

    def subject(name: str) -> str:
        return str(paths[name].parent) if len(paths[name].parts) > 2 else name

    folders: dict[str, set[str]] = {}
    for name, imported in _graph().items():
        within = {other for other in imported if other.split(".")[0] == name.split(".")[0] and "." in other}
        folders.setdefault(subject(name), set()).update({subject(other) for other in within} - {subject(name)})
    assert _circle(folders) == []


def test_a_circle_would_be_noticed():
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) and not _circle({"a": {"b"}, "b": {"c"}})


def test_no_folder_is_a_heap():
    """A folder holds one subject; when it has grown past what can be taken in at a glance, it holds several."""
    counts: dict[Path, int] = {}
    for path in sources():
        counts[path.parent] = counts.get(path.parent, 0) + 1
    counts.pop(Path("pages"))
    assert {folder: count for folder, count in counts.items() if count > 25} == {}


@pytest.mark.parametrize("path", sources(), ids=str)
def test_no_policy_is_named_in_the_code(path):
    """What belongs to a policy stands in its file. A page may share its name with a policy: the menu names pages."""
    policies = {file.stem for file in (ROOT / "policies").glob("*.toml")}
    pages = (
        {file.stem for file in (ROOT / "pages").glob("*.py")}
        if path.name in ("navigation.py", "policy_pages.py", "roles.py")
        else set()
    )
    quoted = re.compile(rf"""["'](?:{"|".join(sorted(policies - pages))})["']""")
    words = [node.value for node in _nodes(_text(path)) if isinstance(node, ast.Constant)]
    named = [word for word in words if isinstance(word, str) and (word in policies - pages or quoted.search(word))]
    assert named == []


def test_no_test_runs_an_event_loop_where_a_browser_may_have_one():
    """It would fail or pass by which tests ran before it in the same process."""
    tests = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py") if "asyncio.run" in path.read_text("utf-8")}
    assert tests == {"tests/support/event_loops.py", "tests/test_architecture.py"}
