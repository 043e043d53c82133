"""The papers of an adoption: the child's guide, the life story book, the later life letter."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.hertfordshire_child import served
from tests.metrics.cases.milestones import milestone_case

book = partial(milestone_case, "life_story_book_10wd")
letter = partial(milestone_case, "later_life_letter_10d")
guide = partial(milestone_case, "childs_guide_at_placement")
ORDER = "ceremony not recorded: from the adoption order"


def adopted():
    """Adopted on Friday 31 January 2025; the ceremony was on Friday 11 April, a week before Good Friday."""
    return served("2021-05-10").left("2023-01-10", "2025-01-31", "E11").event("ADOPTION_CEREMONY", "2025-04-11")


def without_ceremony(reason="E12"):
    return served("2021-05-10").left("2023-01-10", "2025-01-31", reason)


def planned():
    return served("2021-05-10").in_care("2025-01-31").plan("ADOPTION", "2025-03-01").placement("U6", "2025-01-31", "2025-05-01")


def placed():
    return planned().placement("A5", "2025-05-01")


CASES = (
    book(
        "Ten working days after a ceremony on 11 April 2025, Easter left out, is 29 April: the day before, the book is due.",
        adopted(), "2025-04-28", "due", "2025-04-29", detail="from the ceremony",
    ),
    book("On 29 April it is overdue.", adopted(), "2025-04-29", "overdue", "2025-04-29"),
    book(
        "Given on that day, it is in time.",
        adopted().document("LIFE_STORY_BOOK", "2025-04-29", to="ADOPTERS"), "2025-04-29", "done in time", "2025-04-29", "2025-04-29",
    ),
    book(
        "Given the day after, it is late.",
        adopted().document("LIFE_STORY_BOOK", "2025-04-30"), "2025-04-30", "done late", "2025-04-29", "2025-04-30",
    ),
    book(
        "The letter is not the book.",
        adopted().document("LATER_LIFE_LETTER", "2025-04-20"), "2025-04-29", "overdue", "2025-04-29",
    ),
    book(
        "Before the ceremony, the adoption order stands for it: ten working days after 31 January is 14 February.",
        adopted(), "2025-02-13", "due", "2025-02-14", detail=ORDER,
    ),
    book("A child who left under special guardianship is not asked about.", without_ceremony("E47"), "2025-04-29"),
    book("Twelve months after the order, nothing is asked any more.", without_ceremony(), "2026-01-31"),
    book("The day before, it still is.", without_ceremony(), "2026-01-30", "overdue", "2025-02-14"),
    letter(
        "Ten days after the ceremony is 21 April, bank holiday or not: the day before, the letter is due.",
        adopted(), "2025-04-20", "due", "2025-04-21", detail="from the ceremony",
    ),
    letter("On 21 April it is overdue.", adopted(), "2025-04-21", "overdue", "2025-04-21"),
    letter(
        "Given on that day, it is in time.",
        adopted().document("LATER_LIFE_LETTER", "2025-04-21", to="ADOPTERS"), "2025-04-21", "done in time", "2025-04-21",
        "2025-04-21",
    ),
    letter(
        "Where the ceremony is not recorded, ten days run from the order, and the detail says so.",
        without_ceremony(), "2025-02-10", "overdue", "2025-02-10", detail=ORDER,
    ),
    letter(
        "A ceremony of before the order is none.",
        without_ceremony().event("ADOPTION_CEREMONY", "2025-01-30"), "2025-02-10", "overdue", "2025-02-10", detail=ORDER,
    ),
    letter(
        "Where the extract of documents is not supplied, neither is the rule.",
        without_ceremony(), "2025-02-10", without=("local_documents",),
    ),
    guide("The day before adoption is the plan, nothing is asked.", planned(), "2025-02-28"),
    guide("With adoption the plan and no placement there is no day yet.", planned(), "2025-03-01", "no date", detail="not placed yet"),
    guide("On the day of the placement it is overdue.", placed(), "2025-05-01", "overdue", "2025-05-01", detail="placed for adoption"),
    guide(
        "Given on that day, it is in time.",
        placed().document("CHILDS_GUIDE", "2025-05-01"), "2025-05-01", "done in time", "2025-05-01", "2025-05-01",
    ),
    guide(
        "Given the day after, it is late.",
        placed().document("CHILDS_GUIDE", "2025-05-02"), "2025-05-02", "done late", "2025-05-01", "2025-05-02",
    ),
    guide(
        "Given before the placement, it is done.",
        planned().document("CHILDS_GUIDE", "2025-04-01"), "2025-04-02", "done", None, "2025-04-01",
    ),
    guide(
        "Another code of the placement in the same home is no new placement.",
        planned().placement("A4", "2025-05-01", "2025-06-02", postcode="ZZ1 1AA").placement("A6", "2025-06-02", postcode="ZZ1 1AA")
        .document("CHILDS_GUIDE", "2025-06-01"), "2025-06-02", "done late", "2025-05-01", "2025-06-01",
    ),
    guide(
        "Placed with the carers with whom the child lived before as a foster child, the day of the adoptive placement counts.",
        served("2021-05-10").in_care("2025-01-31").plan("ADOPTION", "2025-03-01")
        .placement("U5", "2025-01-31", "2025-05-01", postcode="ZZ1 1AA").placement("A5", "2025-05-01", postcode="ZZ1 1AA")
        .document("CHILDS_GUIDE", "2025-05-01"), "2025-05-02", "done in time", "2025-05-01", "2025-05-01",
    ),
    guide(
        "Given in an earlier period of care, it is not.",
        placed().document("CHILDS_GUIDE", "2025-01-30"), "2025-05-01", "overdue", "2025-05-01",
    ),
)  # fmt: skip
