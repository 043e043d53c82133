"""`ltf_12m` and `plan_residential`: long-term fostering for twelve months or more; a residential plan, however long."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

fostering = partial(rule_case, "ltf_12m")
residential = partial(rule_case, "plan_residential")
ON_10_JUNE = on("2025-03-01", "2025-03-01", 101)
A_YEAR = on("2024-02-29", "2025-02-28", 0)


def in_care():
    return child().in_care("2023-11-01")


def long_term():
    return in_care().plan("LTFOST18", "2024-02-29")


CASES = (
    fostering(
        "Twelve months after a plan of 29 February 2024 is 28 February 2025: on 27 February the child is not on the list.",
        long_term(), "2025-02-27",
    ),
    fostering(
        "On 28 February 2025, twelve months after 29 February 2024, the child is on the list.",
        long_term(), "2025-02-28", A_YEAR, detail="not matched",
    ),
    fostering(
        "On 1 March 2025 the same child is one day over.",
        long_term(), "2025-03-01", on("2024-02-29", "2025-02-28", 1),
    ),
    fostering(
        "Six-monthly renewals do not restart the clock.",
        long_term().plan("LTFOST18", "2024-08-20").plan("LTFOST18", "2025-02-20"), "2025-02-28", A_YEAR,
    ),
    fostering(
        "Long-term fostering beside adoption as a parallel plan counts.",
        long_term().plan("LTFOST18 ADOPTION", "2024-08-20"), "2025-02-28", A_YEAR,
    ),
    fostering(
        "A day with return home alone as the plan restarts the clock.",
        long_term().plan("RETURN6M", "2024-08-20").plan("LTFOST18", "2024-08-21"), "2025-02-28",
    ),
    fostering(
        "A gap of 29 days restarts the clock.",
        in_care().plan("LTFOST18", "2024-02-29", "2024-03-01").plan("LTFOST18", "2024-03-30"), "2025-03-30",
        on("2024-03-30", "2025-03-30", 0),
    ),
    fostering(
        "Long-term care by relatives or friends is another option.",
        in_care().plan("LTRELFR", "2024-02-29"), "2025-06-10",
    ),
    fostering(
        "A child matched long term today is shown as matched.",
        long_term().placement("U6", "2024-02-29").match("LTF", "2025-02-28"), "2025-02-28", A_YEAR,
        detail="matched or in a long-term foster placement",
    ),
    fostering(
        "A long-term match that ended today does not count.",
        long_term().match("LTF", "2024-06-01", ended="2025-02-28"), "2025-02-28", A_YEAR, detail="not matched",
    ),
    fostering(
        "A child living in a long-term foster placement is shown so, with no match recorded.",
        long_term().placement("U4", "2024-02-29"), "2025-02-28", A_YEAR, detail="matched or in a long-term foster placement",
    ),
    residential(
        "The day before residential becomes the plan, the child is not on the list.",
        in_care().plan("RESPLMT", "2025-03-01"), "2025-02-28",
    ),
    residential(
        "A child whose plan becomes residential today is on the list.",
        in_care().plan("RESPLMT", "2025-03-01"), "2025-03-01", on("2025-03-01", "2025-03-01", 0), detail="residential",
    ),
    residential(
        "The day after, the child has been on it for a day.",
        in_care().plan("RESPLMT", "2025-03-01"), "2025-03-02", on("2025-03-01", "2025-03-01", 1),
    ),
    residential(
        "Residential beside supported living as a parallel plan counts.",
        in_care().plan("RESPLMT SUPPLIV", "2025-03-01"), "2025-06-10", ON_10_JUNE,
        detail="parallel: residential, supported living",
    ),
    residential(
        "A plan entered again on the same day replaces the first: the higher identifier wins, and 10 is higher than 9.",
        in_care().plan("LTFOST18", "2025-03-01", id="9").plan("RESPLMT", "2025-03-01", id="10"), "2025-06-10", ON_10_JUNE,
    ),
    residential(
        "Living in a children's home is not having it for a plan.",
        in_care().plan("LTFOST18", "2025-03-01").placement("K2", "2025-03-01"), "2025-06-10",
    ),
    residential(
        "A plan that ends today is not the plan today.",
        in_care().plan("RESPLMT", "2025-03-01", "2025-06-10"), "2025-06-10",
    ),
    residential(
        "A child who left care today is on no list.",
        child().in_care("2023-11-01", "2025-06-10").plan("RESPLMT", "2025-03-01"), "2025-06-10",
    ),
    residential(
        "A plan made before entry to care counts from entry.",
        child().in_care("2025-03-01").plan("RESPLMT", "2025-02-10"), "2025-06-10", ON_10_JUNE,
    ),
)  # fmt: skip
