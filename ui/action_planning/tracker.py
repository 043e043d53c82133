"""The Action Planning Tracker for all, a service, a team or one worker: the six questions counted, and a row a child."""

from __future__ import annotations

from metrics.answers.action_planning.action_planning import NO, PAGE, QUESTIONS
from metrics.engine.plain import is_missing, plans_in_words
from ui.action_planning import answers as answers
from ui.components import kinds, teams
from ui.components.markup import element, joined, write
from ui.components.section_headings import section
from ui.components.tables import Column, named, paged, show_table
from ui.context import address
from ui.context.page_context import PageContext
from ui.service.lists import alerts
from words.columns import heading
from words.dates import british
from words.labels import RESTRICTED_RECORD, figure_title
from words.numbers import children, counted

EVERY = ""
NAMES = (*teams.WITH_WORKER, "question", "child")
# What the file has beside the table: when each note was written, by whom, and how old it is.
WRITTEN = {"summary": "care_plan_summary", "supervision": "supervision", "decision": "management_decision"}
IN_THE_FILE = tuple(
    Column(f"{word}_{part}", of=f"{name}_{part}") for name, word in WRITTEN.items() for part in ("author", "date", "days")
)


def written(row: dict, name: str) -> str:
    """Written information in a line: the words, the day, and how many days old they are."""
    if is_missing(row[name]):
        return ""
    if is_missing(row[f"{name}_date"]):
        return row[name]
    return f"{row[name]} ({british(row[f'{name}_date'])}, {counted(int(row[f'{name}_days']), 'day')} ago)"


def _written_column(word: str, name: str) -> Column:
    """A column of written information, with its day and age."""
    return Column(word, of=name, says=lambda row: written(row, name))


def _answer_column(name: str) -> Column:
    """A column of answers to a question: a no is given with its reason."""

    def answer(row: dict) -> object:
        if row[name] != NO:
            return row[name]
        return joined((element("strong", NO), f": {row[f'{name}_reason']}"))

    return Column(name, says=answer)


def choose(context: PageContext) -> dict[str, str | None]:
    """The service, team and worker that the address or the reader chooses; None for all of them."""
    return teams.choose(context, NAMES, of_worker=True)


def show_questions(context: PageContext, chosen: dict[str, str | None]) -> None:
    """The six questions, how often each is answered yes, no, not asked and not supplied, and the list to work through."""
    scope = context.within(**chosen)
    frame = answers.counts(context, scope)
    rules = {rule.id: rule for rule in context.policy.rules}
    population = int(frame[["yes", "no", "not_asked", "not_supplied"]].iloc[0].sum())

    def the_list(row: dict) -> str | None:
        return (
            address.link(address.CHILDREN, context.linked_day, rule=row["rule"], policy=context.policy_id, **chosen)
            if row["listed"]
            else None
        )

    shown = frame.assign(
        asks=[f"{place}. {asks}" for place, asks in enumerate(frame["asks"], start=1)],
        listed=frame["listed"].fillna(0),
        list=[
            row.missing if row.missing else f"{figure_title(rules[row.rule])}: {int(row.listed):,}" for row in frame.itertuples()
        ],
    )
    section(f"{teams.name_of(context, chosen)}: {children(population)} in care on {british(context.as_at)}")
    columns = (
        *named("asks", "yes", "no", "not_asked", "not_supplied"),
        Column("list_to_work_through", of="list", leads_to=the_list),
    )
    note = "Question 3 is asked only of children who live with the long-term parent or carer, and question 4 only of those who do not."
    name = f"the six questions {teams.name_of(context, chosen)}"
    explained = element("p", note, class_="quiet")
    show_table(shown, columns, "The six questions", "six questions", name=name, after=[explained], one="question")
    asked = {measure for question in QUESTIONS for measure in question.measures}
    alerts(context, [rule for rule in context.policy.rules if rule.measure.id not in asked], chosen)


def columns(context: PageContext, chosen: dict[str, str | None], question: str | None) -> list[Column]:
    """The columns of the tracker. The identifier leads to the child's own view, unless the record is restricted."""

    def own_view(row: dict) -> str | None:
        if row["child_id"] == RESTRICTED_RECORD:
            return None
        return address.link(
            PAGE, context.linked_day, policy=context.linked_policy, child=row["child_id"], question=question, **chosen
        )

    every = [
        Column("child_id", leads_to=own_view),
        *named("name", "age", "team", "worker"),
        *(_answer_column(question.id) for question in QUESTIONS),
        *named("plan", "placement", "legal_status"),
        *(_written_column(word, name) for name, word in WRITTEN.items()),
        Column("options_explored", of="options"),
        *named("legal_track", "last_visit_date", "last_visit_seen"),
    ]
    return [column for column in every if not chosen.get(column.name)]


def show_children(context: PageContext, chosen: dict[str, str | None]) -> None:
    """A row a child, all or those for whom a question is answered no."""
    section("Children")
    frame = answers.tracker(context, context.within(**chosen))
    asked = {question.id: question for question in QUESTIONS}
    question = address.choose(
        "Show", [EVERY, *asked], "question", NAMES, lambda name: f"No to {heading(name)}" if name else "All children"
    )
    if question:
        # Whether the answer is no is hidden of a restricted record.
        frame = kinds.narrow(frame, frame[question] == NO)
    elif restricted := int((frame["child_id"] == RESTRICTED_RECORD).sum()):
        write(element("p", f"{counted(restricted, 'restricted record')}, counted; details hidden.", class_="quiet"))
    paged(
        plans_in_words(frame),
        columns(context, chosen, question or None),
        f"Action Planning Tracker, {teams.name_of(context, chosen)}",
        PAGE,
        f"action planning {teams.name_of(context, chosen)}",
        f"No child matches these choices on {british(context.as_at)}.",
        "child",
        "children",
        more=IN_THE_FILE,
        usual="Team and worker",
        narrowed_by=("question",),
    )
