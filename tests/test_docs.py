"""The docs are true of the product: generated pages are up to date, links lead somewhere, and what they name exists."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from textwrap import dedent

import pytest

from commands.reference import commands_of
from commands.reference import reference as commands_reference
from data.contract.dictionary import dictionary
from data.settings import TEMPLATE, Settings, read_settings
from data.settings_reference import reference as settings_reference
from data.settings_reference import settings
from metrics.coverage.reference import reference as coverage_reference
from tracker import command_line
from ui.shell.rulebook import rulebook

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
FENCED = re.compile(r"^```.*?^```$", flags=re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", flags=re.MULTILINE)
# A page that code, a test, a setting or a message names.
DOCS_PATH = re.compile(r"\bdocs/[\w./-]*\.(?:md|png)\b")
# A command as a line of a page gives it.
COMMAND_LINE = re.compile(r"(?:python tracker\.py|`(?=(?:nightly|nights|check|casework|panel|pack|measures|drift) ))([^`\n|]*)")


def _tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "-co", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted(ROOT / name for name in listed if name and (ROOT / name).exists())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PAGES = _tracked("*.md")


@cache
def _prose(path: Path) -> str:
    """A page without its blocks and words of code."""
    return CODE.sub("", FENCED.sub("", path.read_text(encoding="utf-8")))


@cache
def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(path: Path, text: str) -> list[str]:
    """The links of a page that lead to no file, or to no heading of it."""
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        to = (path.parent / file).resolve() if file else path
        if not to.exists() or (anchor and anchor not in _anchors(to)):
            broken.append(target)
    return broken


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_link_leads_to_a_file_and_a_heading(path):
    assert _broken(path, _prose(path)) == []


def test_the_tests_would_notice_a_broken_link():
    page = DOCS / "README.md"
    text = "[a](gone.md) [b](how-to/) [c](reference/rules.md#no-such-heading) [d](reference/rules.md#every-rule) [e](https://x.example)"
    assert _broken(page, text) == ["gone.md", "reference/rules.md#no-such-heading"]


def test_every_page_of_the_docs_is_in_the_index():
    listed = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(_prose(DOCS / "README.md"))}
    decisions = {path for path in DOCS.glob("decisions/*.md") if path.name != "README.md"}
    assert set(DOCS.rglob("*.md")) - decisions - listed == {DOCS / "README.md"}
    numbered = {(DOCS / "decisions" / target).resolve() for target in LINK.findall(_prose(DOCS / "decisions" / "README.md"))}
    assert decisions == numbered


def test_every_docs_page_that_is_named_in_the_code_exists():
    files = [path for path in _tracked() if path.suffix in {".py", ".sql", ".toml", ".typ", ".css", ".in", ".yaml", ".md"}]
    named = {(_name(path), page) for path in files for page in DOCS_PATH.findall(path.read_text(encoding="utf-8"))}
    assert ("tracker.py", "docs/reference/commands.md") in named
    assert {(file, page) for file, page in named if not (ROOT / page).exists()} == set()


def test_every_file_and_module_that_a_page_names_exists():
    folders = "|".join(sorted({_name(path).split("/")[0] for path in _tracked("*/*")}))
    path_named = re.compile(rf"`((?:{folders})/[\w./*-]*)`")
    module_named = re.compile(r"`((?:casework|data|metrics|packs|ui)(?:\.\w+){2,})`")
    text = {path: path.read_text(encoding="utf-8") for path in PAGES}
    paths = {(_name(page), name) for page, words in text.items() for name in path_named.findall(words)}
    modules = {(_name(page), name) for page, words in text.items() for name in module_named.findall(words)}
    assert ("docs/explanation/architecture.md", "metrics/nightly.py") in paths
    assert ("docs/how-to/change-the-panels-tables.md", "casework.changes.saving.save") in modules
    assert {(page, name) for page, name in paths if not any(ROOT.glob(name.rstrip("/")))} == set()
    assert {(page, name) for page, name in modules if not _is_there(name)} == set()


def _is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module has."""
    try:
        resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_command_and_option_in_the_docs_exists():
    known = {name: {option for action in parser._actions for option in action.option_strings}
             for name, parser, _ in commands_of(command_line())}  # fmt: skip
    wrong, seen = [], set()
    for path in PAGES:
        for line in COMMAND_LINE.findall(path.read_text(encoding="utf-8")):
            words = re.sub(r'"[^"]*"', "TEXT", line).split()
            if not words:
                continue  # the program alone
            name = next((" ".join(words[:length]) for length in (2, 1) if " ".join(words[:length]) in known), None)
            if name is None:
                wrong.append((_name(path), line))
                continue
            seen.add(name)
            options = {word.rstrip(".,;:)") for word in words if word.startswith("--")}
            wrong += [(_name(path), name, option) for option in options - known[name]]
    assert wrong == []
    assert seen >= {
        "nightly",
        "check",
        "nights",
        "measures",
        "drift",
        "pack panel",
        "pack corporate",
        "panel freeze",
        "casework backup",
        "casework check",
    }


def test_the_page_of_commands_has_every_command():
    assert HEADING.findall((REFERENCE / "commands.md").read_text(encoding="utf-8"))[1:] == [
        name for name, _, _ in commands_of(command_line())
    ]


def test_every_page_of_the_app_is_described():
    described = re.findall(r"^\|[^|]+\| `/(\w+)` \|", (REFERENCE / "pages.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(described) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def test_every_setting_is_described():
    described = {name.split(".")[0] for rows in settings().values() for row in rows for name in row.defaults}
    # Not in a line of their own: tables for targets and limits, and what the tracker itself fills in.
    others = {"limits", "targets", "applies_from", "folder", "lines", "rule_faults"}
    assert described == set(Settings.__dataclass_fields__) - others


def _settings_blocks(path: Path) -> list[str]:
    """The blocks of a page that are settings: TOML, whose names are settings."""
    text = path.read_text(encoding="utf-8")
    blocks = [dedent(block) for block in re.findall(r"(?:^(?: {4,}.*)?\n)+", text, flags=re.MULTILINE) if block.strip()]
    blocks += [dedent(block) for block in re.findall(r"^ *```toml\n(.*?)^ *```$", text, flags=re.MULTILINE | re.DOTALL)]
    found = []
    for block in blocks:
        try:
            names = set(tomllib.loads(block))
        except tomllib.TOMLDecodeError:
            continue
        if names and names <= set(Settings.__dataclass_fields__):
            found.append(block)
    return found


def _followed(block: str, template: str) -> str:
    """The template with a block's settings in their own lines, and its tables at the end."""
    lines, *tables = re.split(r"^(?=\[)", block, flags=re.MULTILINE)
    for line in filter(None, lines.splitlines()):
        name = line.partition(" = ")[0]
        template, changed = re.subn(rf"^{re.escape(name)} = .*$", lambda _, line=line: line, template, flags=re.MULTILINE)
        assert changed == 1, f"{name} is not in the template"
    return "\n".join((template, *tables))


def test_the_settings_that_a_guide_gives_can_be_put_into_the_file_that_the_first_load_writes(tmp_path):
    """A table whose settings are in the template already could not be added to it."""
    every = f"policies = {sorted(path.stem for path in (ROOT / 'policies').glob('*.toml'))}".replace("'", '"')
    template = re.sub(r"^policies = .*$", every, TEMPLATE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    seen = set()
    for page in sorted((DOCS / "how-to").glob("*.md")):
        for block in _settings_blocks(page):
            (tmp_path / "settings.toml").write_text(_followed(block, template), encoding="utf-8")
            read_settings(tmp_path)  # raises, with the line
            seen.add(page.stem)
    assert seen >= {
        "let-people-sign-in",
        "use-postgresql",
        "put-it-behind-a-proxy",
        "read-from-a-database",
        "run-it-every-night",
        "change-a-limit",
    }


def test_the_settings_page_is_up_to_date():
    written = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert written == settings_reference(), "run: python -m data.settings_reference > docs/reference/settings.md"


def test_the_page_of_commands_is_up_to_date():
    written = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert written == commands_reference(command_line()), "run: python -m commands.reference > docs/reference/commands.md"


def test_the_data_dictionary_is_up_to_date():
    written = (REFERENCE / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python -m data.contract.dictionary > docs/reference/data-dictionary.md"


def test_the_page_of_what_the_documents_ask_for_is_up_to_date():
    written = (REFERENCE / "coverage.md").read_text(encoding="utf-8")
    assert written == coverage_reference(), "run: python -m metrics.coverage.reference > docs/reference/coverage.md"


def test_the_table_of_every_rule_is_up_to_date():
    written = (REFERENCE / "rules.md").read_text(encoding="utf-8")
    assert written == rulebook(), "run: python -m ui.shell.rulebook > docs/reference/rules.md"


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_no_section_of_a_page_is_there_twice(path):
    """As a merge of two branches makes it."""
    sections = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(sections) == len({section.strip() for section in sections})
