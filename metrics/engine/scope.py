"""What is asked about, and what the person asking may see. Applied in one place, before any row leaves the database."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Scope:
    """Services, teams and workers to look at (None: all of them; an empty tuple: none), and the roles of the person asking.

    A record that the extracts restrict (``local_restrictions``) stays in every count, and is named only to the roles that
    its restriction allows. ``roles=None`` is for the analyst's command line, which reads the extracts anyway.
    """

    services: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None
    workers: tuple[str, ...] | None = None
    roles: frozenset[str] | None = frozenset()

    def narrowed(self, service: str | None = None, team: str | None = None, worker: str | None = None) -> Scope:
        """What may be seen of one service, team or worker; what is not named stays as it is."""
        chosen = {"services": service, "teams": team, "workers": worker}
        return replace(self, **{name: (value,) for name, value in chosen.items() if value is not None})

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole council that is looked at."""
        return self.services is None and self.teams is None and self.workers is None

    @property
    def parameters(self) -> dict[str, object]:
        """The scope as the parameters that WITHIN binds."""
        return {
            "services": list(self.services) if self.services is not None else None,
            "teams": list(self.teams) if self.teams is not None else None,
            "workers": list(self.workers) if self.workers is not None else None,
        }


# Both texts are bound, never formatted with values. `listed` stands for any relation with service, team and worker.
WITHIN = """
    ($services::varchar[] is null or list_contains($services::varchar[], listed.service))
    and ($teams::varchar[] is null or list_contains($teams::varchar[], listed.team))
    and ($workers::varchar[] is null or list_contains($workers::varchar[], listed.worker))
"""

# The children whose records these roles may not see, from the one table that a night keeps of them
# (data/restrictions/restrictions.py). A restriction
# hides the child on every date before its own end: one that began last week hides last month's list too, and one whose dates are
# missing hides for good.
RESTRICTED = """
    select distinct restriction.person_id
    from restricted_records as restriction
    where (restriction.end_date is null or restriction.end_date > $as_at)
        and $roles::varchar[] is not null
        and not list_has_any(
            list_transform(
                regexp_split_to_array(coalesce(restriction.allowed_roles, ''), '[,;]'),
                lambda role: lower(trim(role))
            ),
            list_transform($roles::varchar[], lambda role: lower(role))
        )
"""
