"""A council whose people sign in: somebody for every role, and whose children each of them may see, worked out without the gate.

Every child's identifiers are its own, and a child's surname is its family's own, so that a word of one who may not be seen is found
anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from access.people import read_people
from access.person import Person
from access.roles import RIGHTS, Role
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.engine.scope import Names, Scope
from tests.pages.council import discussed_child
from ui.context import readers

SIGN_IN = """
[sign_in]
provider = "https://sso.example.gov.uk"
address = "https://tracker.example.gov.uk"
client_id = "tracker"
client_secret_variable = "TRACKER_TEST_CLIENT_SECRET"
cookie_secret_variable = "TRACKER_TEST_COOKIE_SECRET"
groups_claim = "groups"
"""
SECRETS = ("TRACKER_TEST_CLIENT_SECRET", "TRACKER_TEST_COOKIE_SECRET")
ANYBODY = "Anybody"
# Everybody ever known of a service, team or worker on one of the night's dates; the tables themselves, not the gate's.
KNOWN = """
select distinct child_id from (
    select as_at, child_id, service, team, worker from spine
    union all
    select as_at, child_id, service, team, worker from not_in_care_on_day
) where {column} = $name
"""
OF_OFFICER = """
select distinct invo_person_id from ssd_involvements
where invo_professional_id = $name and invo_professional_role_id = 'IRO'
    and invo_involvement_start_date <= $night and coalesce(invo_involvement_end_date, date '9999-12-31') > $night
"""
BUSIEST = """
select {column} from spine where as_at = $night and service not like 'No %' group by all order by count(*) desc, {column} limit 1
"""
SECOND_TEAM = """
select team from spine where as_at = $night and service not in ('No service recorded', $name)
group by all order by count(*) desc, team limit 1
"""
WORKER = """
select prof_professional_id, prof_professional_name from ssd_professionals
where prof_professional_name = (
    select worker from spine where as_at = $night and worker in (select prof_professional_name from ssd_professionals)
    group by all order by count(*) desc, worker limit 1
)
"""
OFFICER = """
select invo_professional_id from ssd_involvements
where invo_professional_role_id = 'IRO' and invo_involvement_end_date is null
group by all order by count(*) desc, invo_professional_id limit 1
"""


# A restricted record is named to nobody here: no role of the council is one of the words in ``allowed_roles``.
RESTRICTED = """
select distinct person_id from local_restrictions where start_date <= $night and coalesce(end_date, date '9999-12-31') > $night
"""
# Those to whom people.toml names children by less than their role does.
MASKED = ((Role.PANEL_CHAIR, Names.INITIALS), (Role.TEAM_MANAGER, Names.IDENTIFIER), (Role.WORKER, Names.INITIALS))


@dataclass(frozen=True)
class Council:
    """``marks``: what each child is known by; ``seen``: the children of the bounded roles; ``restricted``: those whom nobody may see;
    ``staff``: what the people who work with children are called."""

    store: Store
    engine: Engine
    marks: dict[str, frozenset[str]]
    seen: dict[Role, frozenset[str]]
    restricted: frozenset[str]
    staff: frozenset[str]

    def own(self, role: Role) -> frozenset[str]:
        """The children whom a role may see."""
        return self.seen.get(role, frozenset(self.marks)) - self.restricted

    def foreign(self, role: Role, names: Names | None = None) -> frozenset[str]:
        """The marks of the children whom a role may not see; everybody's name, where children are not named in full to it (``names``: to
        somebody of the role)."""
        mine = self.own(role)
        own = frozenset().union(*(self.marks[child] for child in mine))
        found = frozenset().union(*(marks for child, marks in self.marks.items() if child not in mine)) - own
        if (names or RIGHTS[role].names) is not Names.FULL:
            found |= {mark for marks in self.marks.values() for mark in marks if not mark.isdigit()}
        return found - self.staff

    def stranger(self, role: Role) -> str:
        """A child whom a role may not see."""
        return min(set(self.marks) - self.own(role))

    def person(self, role: Role) -> Person:
        """Somebody of a role."""
        return read_people(self.store.path).person(address_of(role), ANYBODY)

    def scope(self, role: Role) -> Scope:
        """What somebody of a role may see of the night."""
        return self.engine.settled(self.person(role).scope)


def address_of(role: Role, names: Names | None = None) -> str:
    """How somebody of a role signs in; ``names``: somebody to whom ``people.toml`` names children in another way than the role."""
    return f"{role.value.replace(' ', '.')}{f'.{names.value}' if names else ''}@example.gov.uk"


def own_child(council: Council, role: Role) -> str:
    """A child of whom a role has the most to take away: the one of whom a panel has spoken, where the role may see the child."""
    discussed = discussed_child(council.engine)
    night = council.engine.as_at
    with council.engine.view(council.scope(role), (night,), ()) as view:
        seen = [
            row[0] for row in view.execute("select child_id from spine where as_at = $day order by 1", {"day": night}).fetchall()
        ]
    return min((child for child in seen if child in council.marks), key=lambda child: child != discussed)


def _people(engine: Engine) -> tuple[str, dict[Role, frozenset[str]]]:
    """The council's people.toml, and whom the bounded roles see."""
    cursor, night = engine._connection.cursor(), engine.as_at

    def one(sql: str, **named: object) -> tuple:
        return cursor.execute(sql, {name: value for name, value in named.items() if f"${name}" in sql}).fetchone()

    def children(sql: str, name: str) -> frozenset[str]:
        asked = {"name": name} | ({"night": night} if "$night" in sql else {})
        return frozenset(row[0] for row in cursor.execute(sql, asked).fetchall())

    service = one(BUSIEST.format(column="service"), night=night)[0]
    team = one(SECOND_TEAM, night=night, name=service)[0]
    worker, worker_name = one(WORKER, night=night)
    officer = one(OFFICER)[0]
    lines = {
        Role.HEAD_OF_SERVICE: f'services = ["{service}"]',
        Role.TEAM_MANAGER: f'teams = ["{team}"]',
        Role.WORKER: f'workers = ["{worker}"]',
        Role.REVIEWING_OFFICER: f'reviewing_officers = ["{officer}"]',
    }
    tables = [
        f'[[person]]\nidentity = "{address_of(role, names)}"\nname = "{role.value.title()} Smith"\nroles = ["{role.value}"]\n'
        f"{lines.get(role, '')}\n" + (f'names = "{names.value}"\n' if names else "")
        for role, names in (*((role, None) for role in Role), *MASKED)
    ]
    seen = {
        Role.HEAD_OF_SERVICE: children(KNOWN.format(column="service"), service),
        Role.TEAM_MANAGER: children(KNOWN.format(column="team"), team),
        Role.WORKER: children(KNOWN.format(column="worker"), worker_name),
        Role.REVIEWING_OFFICER: children(OF_OFFICER, officer),
        Role.COUNCILLOR: frozenset(),
        Role.ADMINISTRATOR: frozenset(),
    }
    return "\n".join(tables), seen


def with_people(store: Store, sign_in: str = SIGN_IN) -> Council:
    """A store whose people sign in. It is the test's own."""
    engine = Engine(store.current(), store.settings)
    text, seen = _people(engine)
    (store.path / "people.toml").write_text(text, encoding="utf-8")
    with (store.path / "settings.toml").open("a", encoding="utf-8") as file:
        file.write(sign_in)
    cursor = engine._connection.cursor()
    rows = cursor.execute(
        "select pers_person_id, pers_legacy_id, trim(concat_ws(' ', pers_forename, pers_surname)), pers_surname from ssd_person"
    ).fetchall()
    marks = {row[0]: frozenset(mark for mark in row if mark) for row in rows}
    restricted = frozenset(row[0] for row in cursor.execute(RESTRICTED, {"night": engine.as_at}).fetchall())
    staff = [
        row[0] for row in cursor.execute("select distinct prof_professional_name from ssd_professionals").fetchall() if row[0]
    ]
    called = frozenset(word for name in staff for word in (name, name.rpartition(" ")[2]))
    return Council(store, Engine(store.current(), store.settings), marks, seen, restricted, called)


def sign_in_as(
    monkeypatch: pytest.MonkeyPatch, council: Council, role: Role | None, names: Names | None = None, **claims: object
) -> None:
    """From now on the reader of every page is somebody of a role; without one, somebody whom the file does not name."""
    identity = address_of(role, names) if role else "nobody@example.gov.uk"
    said = {"is_logged_in": True, "email": identity, "email_verified": True, "name": ANYBODY} | claims
    show(monkeypatch, council)
    monkeypatch.setattr(readers, "claims", lambda: said)


def show(monkeypatch: pytest.MonkeyPatch, council: Council) -> None:
    """The pages show this council; nobody has signed in yet."""
    monkeypatch.setenv("TRACKER_STORE", str(council.store.path))
    for name in SECRETS:
        monkeypatch.setenv(name, "not a secret, but long enough for one")
    monkeypatch.setattr(readers, "claims", lambda: None)
