"""The person who uses the tracker: who they are, their roles, and which children they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from access.roles import RIGHTS, Right, Role
from metrics.engine.scope import Names, Reach, Scope

FIRST_OF_ANALYST = "countywide"


@dataclass(frozen=True)
class Person:
    """Somebody as they are on this run of a page. Nothing is kept of an earlier run, so that a role that is taken away is gone.

    ``identity``: what the sign-in calls them (an e-mail address, as a rule), under which everything they do is recorded. ``name``: as
    shown. ``reach``: the children they may see; None for the whole council. ``restricted``: the words by which the extract of
    restrictions may name them (``local_restrictions.allowed_roles``). ``granted``: rights that ``people.toml`` gives beside their
    roles'. ``named``: how children are named to them, where it is not as their roles say. ``signed_in``: whether a sign-in said who
    they are; False for the analyst without a sign-in.
    """

    identity: str
    name: str
    roles: frozenset[Role]
    reach: Reach | None
    restricted: frozenset[str]
    granted: frozenset[Right] = frozenset()
    named: Names | None = None
    signed_in: bool = True

    @property
    def scope(self) -> Scope:
        """What they may see of a night: nobody at all where no role of theirs shows a child."""
        if not self.may(Right.SEE_CHILDREN):
            return Scope.nobody()
        return Scope.of_person(self.reach, self.restricted, self.names)

    @property
    def deciding(self) -> frozenset[Role]:
        """The roles that say what may be done about the children whom they see.

        Where one of them sees the whole council, those of services, teams and caseloads give no rights: they would then hold for
        everybody's children.
        """
        whole = {role for role in self.roles if Right.SEE_CHILDREN in RIGHTS[role].rights and not RIGHTS[role].bounded}
        return frozenset(role for role in self.roles if not (whole and RIGHTS[role].bounded))

    @property
    def names(self) -> Names:
        """How children are named to them: as fully as the role that shows most."""
        if self.named is not None:
            return self.named
        return max((RIGHTS[role].names for role in self.deciding), key=list(Names).index, default=Names.IDENTIFIER)

    @property
    def pages(self) -> frozenset[str]:
        """The pages that they may open, by file stem."""
        return frozenset().union(*(RIGHTS[role].pages for role in self.roles))

    @property
    def first_page(self) -> str | None:
        """The page at which a visit begins: that of the first of their roles; None for somebody who may open none."""
        if not self.signed_in and Role.ANALYST in self.roles:
            return FIRST_OF_ANALYST
        return next((RIGHTS[role].first_page for role in Role if role in self.roles), None)

    @property
    def recorded_as(self) -> str:
        """As the history of the panels' records names them."""
        return self.identity if self.name == self.identity else f"{self.name} ({self.identity})"

    def may(self, right: Right) -> bool:
        """Whether one of their roles, or ``people.toml``, gives them a right."""
        return right in self.granted or any(right in RIGHTS[role].rights for role in self.deciding)

    def may_open(self, page: str) -> bool:
        """Whether they may open a page, by its file stem."""
        return page in self.pages


def person_of_roles(identity: str, name: str, roles: Iterable[Role], reach: Reach | None = None) -> Person:
    """A person with these roles and no word of their own among the restrictions' but the roles' names."""
    found = frozenset(roles)
    return Person(identity, name, found, reach, frozenset(role.value for role in found))


def unknown(identity: str, name: str) -> Person:
    """Somebody whom nothing names: they may open nothing and see nobody."""
    return Person(identity, name, frozenset(), Reach(), frozenset())


def on_this_machine() -> Person:
    """The one person where nobody signs in: an analyst who may open and do everything, and sees no restricted record."""
    return Person(
        "analyst on this machine",
        "Analyst on this machine",
        frozenset({Role.ANALYST, Role.PANEL_CLERK, Role.ADMINISTRATOR}),
        None,
        frozenset(),
        frozenset(Right),
        Names.FULL,
        signed_in=False,
    )


def councillor_on_this_machine() -> Person:
    """The reader where nobody signs in and the settings say that the app is for councillors: published packs, and nothing else."""
    return Person(
        "councillor on this machine",
        "Councillor",
        frozenset({Role.COUNCILLOR}),
        Reach(),
        frozenset(),
        signed_in=False,
    )
