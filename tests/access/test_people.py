"""people.toml is read strictly, and what several entries and roles give somebody adds up to no more than it should."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from access.people import PeopleError, mistakes_in, read_people
from access.person import Person, on_this_machine
from access.roles import RIGHTS, Right, Role
from metrics.engine.scope import Names, Reach, Scope
from tests.support.copies import copy_of
from tracker import main


def _file(folder: Path, text: str) -> Path:
    (folder / "people.toml").write_text(text, encoding="utf-8")
    return folder


def _person(folder: Path, text: str, *groups: str) -> Person:
    return read_people(_file(folder, text)).person("ann@x", "Ann", groups)


A = '[[person]]\nidentity = "a"\n'
MISTAKES = {
    A + 'roles = ["team manger"]\nteams = ["x"]': 'line 3: "team manger" is not known in roles; did you mean "team manager"?',
    A + 'roles = ["team manager"]': "line 3: the role team manager needs teams; give it.",
    A + 'roles = ["team manager"]\nteams = []': "line 3: the role team manager needs teams; give it.",
    A + 'roles = ["worker"]\nworkers = "W1"': "line 4: workers is 'W1'; give a list of texts",
    A + 'roles = ["worker"]\nworkers = ["W1"]\nteams = ["x"]': "line 5: teams has no effect on the role worker; take it out.",
    A + 'roles = ["panel member", "team manager"]\nteams = ["x"]': "line 4: teams has no effect beside the role panel member",
    A + "roles = []": "line 1: a has no roles; give roles, or take the table out.",
    '[[person]]\nidentity = ""\nroles = ["analyst"]': "line 2: identity is ''; give a text in quotes.",
    '[[person]]\nroles = ["analyst"]': "line 1: [[person]] has no identity; give it",
    A + 'roles = ["analyst"]\nnames = "none"': "line 4: names is 'none'; use one of identifier, initials, full.",
    A + 'roles = ["analyst"]\nmay = ["fly"]': 'line 4: "fly" is not known in may',
    A + 'roles = ["analyst"]\nrole = "x"': 'line 4: "role" is not known in [[person]]; did you mean "roles"?',
    A + 'roles = ["analyst"]\n[[person]]\nidentity = "A"\nroles = ["analyst"]': 'line 5: identity "A" is there twice',
    '[[group]]\ngroup = "g"\nroles = ["analyst"]\nname = "x"': 'line 4: "name" is not known in [[group]]',
    '[person]\nidentity = "a"': "line 1: person is not a list of tables; write each as [[person]]",
    '[[people]]\nidentity = "a"': 'line 1: "people" is not known; use one of person, group.',
    "[[person]\n": "cannot be read as TOML",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_lets_nobody_in_and_says_where_it_is_and_what_to_do(tmp_path: Path, text: str):
    folder = _file(tmp_path, f"{text}\n")
    with pytest.raises(PeopleError) as refused:
        read_people(folder)
    assert MISTAKES[text] in str(refused.value) and str(folder / "people.toml") in str(refused.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path):
    (tmp_path / "people.toml").write_bytes(b'[[person]]\nname = "\xff"')
    with pytest.raises(PeopleError, match="byte 19 is not UTF-8"):
        read_people(tmp_path)


def test_nobody_is_let_in_without_a_file_or_without_an_entry(tmp_path: Path):
    for person in (
        read_people(tmp_path).person("ann@x", "Ann"),
        _person(tmp_path, '[[person]]\nidentity = "bob@x"\nroles = ["analyst"]\n'),
    ):
        assert person.roles == frozenset() and person.pages == frozenset() and person.first_page is None
        assert person.scope == Scope.nobody() and not any(person.may(right) for right in Right)


def test_the_file_is_read_again_when_it_has_changed(tmp_path: Path):
    text = '[[person]]\nidentity = "ann@x"\nroles = ["{}"]\n'
    assert _person(tmp_path, text.format("analyst")).roles == {Role.ANALYST}
    assert _person(tmp_path, text.format("councillor")).roles == {Role.COUNCILLOR}
    (tmp_path / "people.toml").unlink()
    assert read_people(tmp_path).person("ann@x", "Ann").roles == frozenset()


def test_capital_letters_of_an_identity_do_not_matter_and_those_of_a_group_do(tmp_path: Path):
    text = '[[person]]\nidentity = "Ann@X"\nroles = ["councillor"]\n[[group]]\ngroup = "Panel"\nroles = ["panel member"]\n'
    assert _person(tmp_path, text, "panel").roles == {Role.COUNCILLOR}
    assert _person(tmp_path, text, "Panel", "Other").roles == {Role.COUNCILLOR, Role.PANEL_MEMBER}


def test_services_teams_and_caseloads_add_up(tmp_path: Path):
    text = """
[[person]]
identity = "ann@x"
name = "Ann Smith"
roles = ["team manager", "worker"]
teams = ["South 1"]
workers = ["W1"]
[[group]]
group = "Heads"
roles = ["head of service"]
services = ["North"]
"""
    assert _person(tmp_path, text, "Heads").reach == Reach(
        ("North",), ("South 1",), ("W1",), (), "North, South 1, children of Ann Smith"
    )
    assert _person(tmp_path, text).reach == Reach((), ("South 1",), ("W1",), (), "South 1, children of Ann Smith")


def test_a_role_for_the_whole_council_does_not_carry_what_another_may_do_to_everybody(tmp_path: Path):
    text = """
[[person]]
identity = "ann@x"
roles = ["team manager"]
teams = ["South 1"]
[[group]]
group = "Analysts"
roles = ["analyst"]
"""
    alone, both = _person(tmp_path, text), _person(tmp_path, text, "Analysts")
    assert alone.names is Names.FULL and alone.may(Right.WRITE_NOTES)
    assert both.reach is None and both.names is Names.IDENTIFIER and not both.may(Right.WRITE_NOTES)
    assert both.pages == alone.pages | RIGHTS[Role.ANALYST].pages and both.first_page == "team"


def test_what_is_granted_and_how_children_are_named_can_be_said_for_one_person(tmp_path: Path):
    text = """
[[person]]
identity = "ann@x"
roles = ["analyst"]
may = ["write notes about a child"]
names = "initials"
restricted = ["Adoption"]
"""
    person = _person(tmp_path, text)
    assert person.may(Right.WRITE_NOTES) and not person.may(Right.RUN_PANELS)
    assert person.scope.names is Names.INITIALS and person.scope.roles == {"analyst", "Adoption"}


def test_the_analyst_on_this_machine_may_do_everything_and_sees_no_restricted_record():
    person = on_this_machine()
    assert all(person.may(right) for right in Right) and all(
        person.may_open(page) for page in set().union(*(one.pages for one in RIGHTS.values()))
    )
    assert person.scope == Scope.whole_council(roles=frozenset()) and person.first_page == "countywide" and not person.signed_in


def test_every_role_has_its_rights_and_opens_its_first_page():
    assert set(RIGHTS) == set(Role)
    for rights in RIGHTS.values():
        assert rights.first_page in rights.pages
        if Right.SEE_CHILDREN not in rights.rights:
            assert rights.rights <= {Right.TAKE_PUBLISHED_PACK, Right.SEE_ACCESS_RECORD} and rights.names is Names.IDENTIFIER


def test_the_command_names_every_mistake_and_says_who_may_see_what(tmp_path: Path, capsys: pytest.CaptureFixture):
    assert main(["people", "--store", str(tmp_path)]) == 1
    assert "nobody is let in until it names them" in capsys.readouterr().err
    _file(tmp_path, A + 'roles = ["x"]\n[[person]]\nidentity = "a"\nroles = ["worker"]\n')
    assert main(["people", "--store", str(tmp_path)]) == 1 and len(mistakes_in(tmp_path / "people.toml")) == 3
    assert capsys.readouterr().err.count("people.toml, line") == 3
    _file(
        tmp_path,
        A + 'roles = ["worker"]\nworkers = ["W1"]\n[[group]]\ngroup = "g"\nroles = ["councillor"]\n',
    )
    assert main(["people", "--store", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a: worker; sees children allocated to W1; children by full name",
        "group g: councillor; sees no child",
    ]


def test_the_command_gives_a_worker_by_name_so_that_a_mistyped_identifier_is_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture, county_store
):
    """Another worker's identifier would open another worker's caseload, and nothing else would tell."""
    store = copy_of(county_store, tmp_path / "store")
    with duckdb.connect(str(store.current().database), read_only=True) as night:
        query = "select prof_professional_id, prof_professional_name from ssd_professionals order by 1 limit 2"
        (one, name), (other, officer) = night.execute(query).fetchall()
    _file(
        store.path,
        A + f'roles = ["worker", "reviewing officer"]\nworkers = ["{one}", "W1"]\nreviewing_officers = ["{other}"]\n',
    )
    assert main(["people", "--store", str(store.path)]) == 0
    first, warning = capsys.readouterr().out.splitlines()
    seen = f"children allocated to {one} ({name}) or W1, children whose reviewing officer is {other} ({officer})"
    assert first == f"a: worker, reviewing officer; sees {seen}; children by full name"
    assert warning == 'Warning: a: workers has "W1", which is not in the data load of 31/10/2026; nobody is seen through it.'
