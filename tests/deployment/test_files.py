"""What stands in deployment/ fits the product: its commands exist, its files are all there, and the guides show it as it is."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tracker import command_line

ROOT = Path(__file__).parents[2]
DEPLOYMENT = ROOT / "deployment"
UNITS = sorted((DEPLOYMENT / "systemd").iterdir())
CONTAINER = (DEPLOYMENT / "Containerfile").read_text(encoding="utf-8")


def _tracked(*patterns: str) -> list[str]:
    command = ["git", "ls-files", "-co", "--exclude-standard", *patterns]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_whole_and_its_programs_exist(path: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(path, encoding="utf-8")
    if path.suffix == ".timer":
        assert path.with_suffix(".service").exists()
        assert unit["Timer"]["Persistent"] == "yes" or unit["Timer"]["Persistent"] == "true"
        return
    service = unit["Service"]
    assert service["User"] == "tracker" and service["UMask"] == "0077"
    words = re.findall(r"[\w./@%:+-]+", service["ExecStart"])
    assert any(word.endswith(".venv/bin/python") for word in words)
    assert "app.py" in words or "tracker.py" in words


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd to ask")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/tracker/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    asked = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, cwd=tmp_path
    )
    assert (asked.returncode, asked.stderr) == (0, "")


def _commands(text: str) -> list[list[str]]:
    """The tracker's commands in a file, word by word: what the shell would put in is left as it is."""
    text = re.sub(r"\$\([^)]*\)", "today", text)
    lines = re.findall(r"tracker\.py ((?:[a-z]+ )*[a-z]+(?: --.*)?)", text)
    return [re.split(r" \*>+", line)[0].replace('"', "").replace("'", "").split(" -Working")[0].split() for line in lines]


def test_every_command_of_the_tracker_is_one_that_it_has() -> None:
    found = {path: _commands((ROOT / path).read_text(encoding="utf-8")) for path in _tracked("deployment/**")}
    commands = [command for path in found for command in found[path] if command != ["LICENSE"]]
    assert ["alert", "check"] in [command[:2] for command in commands] and ["nightly"] in [command[:1] for command in commands]
    for command in commands:
        command_line().parse_args([*command, "--store", "x"])


def test_the_container_holds_every_file_that_the_product_runs_with(tmp_path: Path) -> None:
    copied = [line.split()[1:-1] for line in CONTAINER.splitlines() if line.startswith("COPY")]
    names = {name.rstrip("/") for line in copied for name in line}
    needed = {path.split("/")[0] for path in _tracked("*.py") if not path.startswith(("tests/", "benchmarks/", "develop.py"))}
    assert needed - names == set()
    for name in names:
        assert (ROOT / name).exists(), name
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    said = subprocess.run([sys.executable, "-c", IMPORT_EVERYTHING], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


IMPORT_EVERYTHING = """
import importlib, pathlib, sys
sys.path.insert(0, ".")
for path in sorted(pathlib.Path(".").rglob("*.py")):
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    # Pages and migrations run when they are imported.
    if not name.startswith(("pages", "app", "casework.migrations")):
        importlib.import_module(name)
"""


def test_the_container_runs_as_nobody_in_particular_and_keeps_only_the_store() -> None:
    assert re.search(r"^USER tracker$", CONTAINER, flags=re.MULTILINE)
    assert "--require-hashes" in CONTAINER and "VOLUME /store" in CONTAINER


def test_the_configuration_of_iis_is_well_formed_and_leads_to_this_machine() -> None:
    tree = ElementTree.parse(DEPLOYMENT / "iis" / "web.config")
    urls = [action.get("url") for action in tree.iter("action") if action.get("type") == "Rewrite"]
    assert urls == ["http://127.0.0.1:8501/{R:1}"]


def test_the_guides_show_the_files_as_they_are() -> None:
    """A block of a guide that begins with the name of a file is that file, word for word."""
    shown = []
    for page in (ROOT / "docs").rglob("*.md"):
        for name, block in re.findall(
            r"`(deployment/[\w./@-]+)`:\n\n```\w*\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL
        ):
            assert block == (ROOT / name).read_text(encoding="utf-8"), f"{page.name} shows {name} as it was"
            shown.append(name)
    assert {"deployment/nginx/tracker.conf", "deployment/systemd/tracker-night.service"} <= set(shown)
