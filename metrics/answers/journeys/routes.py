"""The routes to permanence and their steps: from which stage to which, and which extracts they need."""

from __future__ import annotations

from dataclasses import dataclass

from data.contract.contract import EARLIER_RECORDS, code_sets

PERMANENCE = ("ssd_permanence",)
MATCHES = ("local_carer_matches",)
ADOPTION_MATCHES = ("ssd_permanence", "local_carer_matches")


@dataclass(frozen=True)
class Step:
    """From one stage of a journey to another.

    ``id``: as metrics/answers/journeys/steps.sql names it. ``done``: what a child has once the step is done, as a sentence says it.
    ``needs``: extracts without which it is not supplied. ``needs_any``: at least one of these. ``uses``: what refines it.
    """

    id: str
    title: str
    start: str
    end: str
    done: str
    needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()

    def missing(self, supplied: dict[str, bool]) -> tuple[str, ...]:
        """The extracts that would have to be supplied before this step can be counted. Empty when it can."""
        missing = [table for table in (*self.needs, EARLIER_RECORDS) if not supplied[table]]
        if self.needs_any and not any(supplied[table] for table in self.needs_any):
            missing.append(" or ".join(self.needs_any))
        return tuple(missing)

    def without(self, supplied: dict[str, bool]) -> tuple[str, ...]:
        """The extracts that refine this step and were not supplied: the figure stands, and says what it did without."""
        return tuple(table for table in (*self.uses, *self.needs_any) if not supplied[table])


@dataclass(frozen=True)
class Route:
    """A way to permanence: whom it counts, the plan options that belong to it, and its steps, the first shown first."""

    id: str
    title: str
    about: str
    options: tuple[str, ...]
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step:
        """One step by its id."""
        return next(step for step in self.steps if step.id == step_id)


def _every_option() -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for code in code_sets()["plan_option"].codes.values() for group in code.groups))


ENTRY = "Entered care"
ROUTES = (
    Route(
        "all",
        "All children",
        "Every child who entered care. Permanence: left care for adoption, special guardianship, a child arrangements order or a "
        "planned return home; or a match with long-term foster carers that has been ratified",
        _every_option(),
        (
            Step("entry_to_plan", "Entry to a plan", ENTRY, "First plan", "a plan with a permanence option"),
            Step("entry_to_permanence", "Entry to permanence", ENTRY, "Permanence", "permanence", uses=MATCHES),
        ),
    ),
    Route(
        "adoption",
        "Adoption",
        "Children with an adoption plan, an agency decision, a placement order, a match or an adoptive placement in this period of "
        "care. Where there were several attempts, the last one that still applies",
        ("adoption",),
        (
            Step("entry_to_plan", "Entry to an adoption plan", ENTRY, "Adoption plan", "an adoption plan"),
            Step("plan_to_decision", "Plan to agency decision", "Adoption plan", "Agency decision", "an agency decision", PERMANENCE),
            Step("decision_to_order", "Decision to placement order", "Agency decision", "Placement order", "a placement order",
                PERMANENCE),
            Step("order_to_match", "Placement order to match", "Placement order", "Match", "a match", needs_any=ADOPTION_MATCHES),
            Step("match_to_placed", "Match to moving in", "Match", "Moved in", "a home with the adoptive family",
                needs_any=ADOPTION_MATCHES),
            Step("placed_to_adopted", "Moving in to adoption", "Moved in", "Adopted", "an adoption order"),
            Step("entry_to_placed", "Entry to moving in", ENTRY, "Moved in", "a home with the adoptive family", uses=PERMANENCE),
            Step("entry_to_adopted", "Entry to adoption", ENTRY, "Adopted", "an adoption order"),
        ),
    ),
    Route(
        "long_term_fostering",
        "Long-term fostering",
        "Children with a long-term fostering plan, a long-term match or a long-term foster placement in this period of care",
        ("long_term_fostering",),
        (
            Step("entry_to_plan", "Entry to a long-term fostering plan", ENTRY, "Long-term plan", "a long-term fostering plan"),
            Step("plan_to_match", "Plan to match", "Long-term plan", "Long-term match", "a long-term match", MATCHES),
            Step("match_to_placed", "Match to placement", "Long-term match", "Long-term placement", "a long-term foster placement",
                MATCHES),
            Step("match_to_ratified", "Match to ratification", "Long-term match", "Ratified", "a ratified match", MATCHES),
            Step("entry_to_placed", "Entry to placement", ENTRY, "Long-term placement", "a long-term foster placement"),
            Step("entry_to_ratified", "Entry to a ratified match", ENTRY, "Ratified", "a ratified match", MATCHES),
        ),
    ),
    Route(
        "family",
        "Special guardianship and family",
        "Children with a plan for special guardianship or for relatives or friends, or with a special guardianship or child "
        "arrangements order, in this period of care",
        ("relatives_or_friends", "special_guardianship"),
        (
            Step("entry_to_plan", "Entry to a family plan", ENTRY, "Family plan", "a plan with family"),
            Step("plan_to_order", "Plan to order", "Family plan", "Order", "an order", uses=("local_permanence_options",)),
            Step("entry_to_order", "Entry to order", ENTRY, "Order", "an order", uses=("local_permanence_options",)),
        ),
    ),
    Route(
        "home",
        "Return home",
        "Children with a plan to return home, or who went home as planned",
        ("return_home",),
        (
            Step("entry_to_plan", "Entry to a plan to return home", ENTRY, "Plan to return", "a plan to return home"),
            Step("plan_to_home", "Plan to going home", "Plan to return", "Went home", "gone home"),
            Step("entry_to_home", "Entry to going home", ENTRY, "Went home", "gone home"),
        ),
    ),
)  # fmt: skip


def route_of(route_id: str) -> Route | None:
    """A route by its id, None where there is none."""
    return next((route for route in ROUTES if route.id == route_id), None)
