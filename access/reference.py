"""The matrix of roles, as a page of the docs.

After a change to ``access/roles.py``: ``python -m access.reference > docs/reference/who-may-see-what.md``.
"""

from __future__ import annotations

from collections.abc import Iterable

from access.people import NEEDS
from access.roles import EVERY_PAGE, RIGHTS, Right, Role

HEAD = """# Who may see what

Made from `access/roles.py` by `python -m access.reference`; a test keeps it up to date, and `tests/access` goes through every cell.

`people.toml` in the store says who has which role ([let people sign in](../how-to/let-people-sign-in.md)). A page that no role of a person
opens is not in their menu; its address is refused, and the record of access says so. What a person may not write is text to
them. A child outside what a person sees is *not found*, in the words used for a child who does not exist. A restricted record is counted
and named to nobody but the roles that its restriction names.
"""
MEANS = """## How roles add up

* Somebody with several roles opens the pages of all of them.
* Where one of the roles sees the whole council, what the person may do is what their whole-council roles may do: a team manager who is
  also a panel member sees everybody, and may not write about everybody. Give further rights by `may` in `people.toml`.
* Services and teams are those of the reporting date: on an earlier date a team manager sees the children who were the team's then. A
  worker sees the children allocated to them on the date, a reviewing officer the children whose reviewing officer they are tonight.
* *identifier* and *initials*: how a child is named. `names` in `people.toml` can say less, or more, for one person.
"""


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heading), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _sees(role: Role) -> str:
    rights = RIGHTS[role]
    if Right.SEE_CHILDREN not in rights.rights:
        return "no child"
    return " or ".join(NEEDS[role]).replace("_", " ") + " named in `people.toml`" if rights.bounded else "the whole council"


def reference() -> str:
    """The page."""
    roles = [
        (
            role.value,
            _sees(role),
            RIGHTS[role].names.value if Right.SEE_CHILDREN in RIGHTS[role].rights else "",
            f"`/{RIGHTS[role].first_page}`",
        )
        for role in Role
    ]
    names = [role.value for role in Role]
    pages = [(f"`/{page}`", *("yes" if page in RIGHTS[role].pages else "" for role in Role)) for page in sorted(EVERY_PAGE)]
    rights = [(right.value, *("yes" if right in RIGHTS[role].rights else "" for role in Role)) for right in Right]
    return "\n".join(
        [
            HEAD,
            "## Roles\n",
            _table(("role", "sees", "children are named by", "first page"), roles),
            MEANS,
            "## Pages\n",
            _table(("page", *names), pages),
            "## What may be done\n",
            _table(("", *names), rights),
        ]
    )


if __name__ == "__main__":
    print(reference(), end="")
