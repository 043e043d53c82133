"""Every column that a page, a sheet, a CSV file or the command line shows: its heading, its kind, its widths, and what it means.

A place names a column (``words/shown.py``) and gives it no heading of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, DATE, NUMBER, DAYS, PERCENT = "text", "date", "number", "days", "percent"
# A number that says why where there is none; and one that is already in words.
FIGURE, WORDED = "figure", "worded"
KINDS = (TEXT, DATE, NUMBER, DAYS, PERCENT, FIGURE, WORDED)
# How wide a text may be on the screen: as it comes, a code, and from short to wide; ``prose`` keeps its lines.
SCREENS = ("", "code", "short", "some", "list", "wide", "prose")


@dataclass(frozen=True)
class Entry:
    """``screen``: the width on the screen (of ``SCREENS``); ``sheet``: the width on a sheet, in digits; ``means``: help for a reader."""

    heading: str
    kind: str = TEXT
    screen: str = ""
    sheet: float = 20
    means: str = ""


def _text(heading: str, screen: str = "some", sheet: float = 20, means: str = "") -> Entry:
    return Entry(heading, TEXT, screen, sheet, means)


def _date(heading: str, sheet: float = 12, means: str = "") -> Entry:
    return Entry(heading, DATE, "", sheet, means)


def _number(heading: str, sheet: float = 12, means: str = "", kind: str = NUMBER) -> Entry:
    return Entry(heading, kind, "", sheet, means)


def _figure(heading: str, sheet: float = 13, means: str = "") -> Entry:
    return Entry(heading, FIGURE, "", sheet, means)


CHILD = {
    "child_id": _text("Child ID", "code", 13, "The child's identifier in the case system"),
    "legacy_id": _text("Legacy ID", "code", 11, "The child's identifier in an earlier system"),
    "name": _text("Name", sheet=22),
    "age_group": _text("Age group"),
    "sex": _text("Sex"),
    "unaccompanied": _text("Unaccompanied"),
    "birth_date": _date("Date of birth"),
    "age": _number("Age", 7, "In years, on the reporting date"),
    "service": _text("Service"),
    "team": _text("Team", sheet=22),
    "panel_area": _text("Panel area", sheet=12),
    "worker": _text("Worker"),
    "council": _text("Council"),
    "restricted": _text("Restricted record"),
    "last_team": _text("Team when last in care", sheet=22),
    "other_team": _text("Team on the other list", sheet=22),
    "in_care": _text("In care", sheet=10),
    "plan": _text("Plan", sheet=18),
    "plan_start": _date("Plan since"),
    "legal_status": _text("Legal status", "some", 22),
    "placement": _text("Placement", "list", 24),
    "placement_start": _date("Placed since"),
    "provider": _text("Provider"),
    "entered_care": _date("Entered care"),
    "last_review_date": _date("Last review"),
    "last_visit_date": _date("Last visit"),
    "last_visit_days": _number("Days since last visit"),
    "last_visit_seen": _text("Seen"),
    "next_visit_due": _date("Next visit due"),
    "family_id": _text("Family", "code"),
}

# Lists of children, the figures that count them, and the rules behind both.
LISTS = {
    "as_at": _date("As at"),
    "policy": _text("Policy", "code"),
    "rule": _text("Rule", "code"),
    "list": _text("List", "list", 34),
    "lists": _text("Lists", "list", 34),
    "list_and_why": _text("List, and why", "list", 34),
    "since": _date("Since", means="The day that the clock of this list started"),
    "clock": _text(
        "Clock", "short", 13, "Recorded: from the plans' own dates. Observed: from the data loads that showed the plan"
    ),
    "clock_code": _text("R/O", "code", 6, "R: recorded. O: observed. A star: the other start is another day"),
    "recorded_since": _date("Clock as recorded"),
    "observed_since": _date("Clock as observed"),
    "limit": _text("Limit", sheet=40),
    "limit_date": _date("Limit date", means="The day that the child reaches the limit"),
    "days_over": _number("Days over", 10, "Days since the limit date"),
    "days_overdue": _number("Days overdue", 10, "Days since the due date"),
    "days_on_list": _number("Days on the list", 10, "Days since the clock of this list started"),
    "how_long": _text("How long", "code", 18, "Days over the limit, days overdue, or days on a list that has no limit"),
    "due_in": _number("Days left", 10, "Days until the limit date"),
    "detail": _text("Detail", sheet=26),
    "backlog": _text(
        "Backlog", sheet=17, means="Whether it began before the policy applied, or before the records; empty for what is new"
    ),
    "title": _text("Figure", "list", 42),
    "figure_and_rule": _text("Figure and rule", "list", 28),
    "children": _figure("Children", 12),
    "today": _number("Today's limit", 14, "Children on the list as the rule is"),
    "what_if": _number("What if", 14, "Children who would be on the list under the other limit"),
    "what_if_change": _number("Change", 12, "Under the other limit, against today's"),
    "population": _number("Out of", 14, "The children whom the figure is a percentage of"),
    "children_in_care": _number("Children in care", 14),
    "children_at_close": _text("Children at the close of, as now known", sheet=42),
    "children_in_month": _text("Children, in the month to", sheet=42),
    "change": _number("Change since", 14),
    "share": _number("Share", 11, "Of the children whom the figure is a percentage of; each list says who they are", PERCENT),
    "target": _text("Target", sheet=18),
    "against_target": _text("Against target", sheet=22),
    "supplied": _text("Supplied"),
    "question": _text("Question", "wide", 58),
    "why": _text("Why it matters", "wide", 44),
    "wording": _text("Policy wording", "wide", 58),
    "document": _text("Document"),
    "sentence": _text("What the document says", "wide", 70),
    "paragraph": _text("Where it says so", sheet=40),
    "sentences": _number("Sentences"),
    "sentences_tracked": _number("Tracked"),
    "sentences_waiting": _number("Waits for an extract"),
    "sentences_not_in_use": _number("Policy not in use"),
    "sentences_not_available": _number("Not available"),
    "sentences_not_tracked": _number("Not tracked"),
    "tracked_or_not": _text("Tracked or not", "short", 18),
    "tracking_rules": _text("Rules that track it", "list", sheet=40),
    "explanation": _text("Why, or what is missing", "list", sheet=44),
    "wording_and_source": _text("Policy wording and source", "wide", 38),
    "extracts": _text("Extracts", sheet=32),
    "defined_in": _text("Defined in", sheet=34),
    "known": _figure("As now known"),
    "reported": _text("As first reported"),
    "recorded_later": _text("Recorded since"),
    "reported_by": _text("First reported by", "wide"),
    "case": _text("Case", "wide"),
    "term": _text("Term"),
    "sql_column": _text("Column", "code"),
    "meaning": _text("What it means", "wide"),
    "worked_examples": _text("Worked examples"),
    "expected": _text("Answer"),
}

# How the lists moved between two dates.
DRIFT = {
    "first_date": _date("From"),
    "second_date": _date("To"),
    "opening": _figure("Opening"),
    "usual_change": _figure("Usual change", means="The largest change over as long a time in the twelve months before"),
    "reading": _text("Beyond the usual", sheet=24, means="Whether a figure changed by more than its usual change"),
    "new": _figure("New"),
    "re_entered": _figure("Re-entered"),
    "moved_in": _figure("Moved in"),
    "joined": _figure("Joined"),
    "still": _figure("Still on it"),
    "resolved": _figure("Resolved"),
    "left_care": _figure("Left care"),
    "moved_out": _figure("Moved out"),
    "left": _figure("Left"),
    "closing": _figure("Closing"),
    "movement": _text("Movement", sheet=13),
    "why_or_where": _text("Why or where", "list", 30),
    "difference": _text("Difference", "list", 16),
    "first_team": _text("Team on the first list", sheet=22),
    "second_team": _text("Team on the second list", sheet=22),
    "first_service": _text("Service on the first list"),
    "second_service": _text("Service on the second list"),
    "left_date": _date("Left care on"),
    "left_reason": _text("Reason for leaving care"),
    "earlier_date": _date("On the list before, on"),
    "recorded_late": _text("Recorded late"),
}

# What panels discuss, decide and ask for.
PANEL = {
    "place": _number("No.", 6),
    "why_on_agenda": _text("Why on the agenda"),
    "carried_from": _date("Last discussed at panel", 13),
    "discussed": _text("Discussed"),
    "barriers": _text("Barriers", sheet=28),
    "decision": _text("Decision", "prose", 46),
    "decided": _text("Decision", sheet=46),
    "last_decision": _text("Last decision", "list", sheet=44),
    "open_actions": _text("Open actions"),
    "panel_date": _date("Panel", 13),
    "held_for": _text("Held for", sheet=12, means="The area whose panel it was; empty for the whole council's"),
    "panel_of": _text("Panel of"),
    "summary": _text("Discussion", "prose", 46),
    "outcome": _text("Outcome", "prose", 26),
    "next_panel_date": _date("Next panel"),
    "on_agenda": _text("On the agenda", sheet=12),
    "action": _text("Action", "prose", 46),
    "action_kind": _text("Kind of action", "list"),
    "owner": _text("Owner", sheet=22),
    "due_date": _date("Due"),
    "done_date": _date("Done"),
    "state": _text("State", sheet=18),
    "outcome_note": _text("Outcome", "prose", 30),
    "link": _text("Page"),
    "when": _text("When", "code"),
    "who": _text("Who"),
    "about": _text("About"),
    "field": _text("What"),
    "before": _text("Before", "prose"),
    "after": _text("After", "prose"),
    "applied": _text("Applied"),
    "barrier": _text("Barrier", "list"),
    "code": _text("Code", "code"),
    "barrier_place": _number("Place", 6),
    "offered": _text("Offered"),
    "used": _number("Discussions that name it"),
    "group": _text("Group"),
    "children_discussed": _number("Children discussed"),
    "route": _text("Route to permanence", "list"),
    "median_days_to_permanence": _number("Median days from decision"),
    "actions": _number("Actions done"),
    "off": _number("Child off the lists by the next panel"),
    "still_listed": _number("Child still on one"),
    "not_yet_known": _number("Not yet known"),
    "role": _text("Role"),
    "present": _text("Present"),
}

# One child's record.
RECORD = {
    "from_date": _date("From"),
    "to_date": _date("To"),
    "event": _text("What", "wide"),
    "lane": _text("Record", ""),
    "kind": _text("Kind"),
    "event_date": _date("Date"),
    "change_date": _date("Changed on"),
    "says": _text("What it says", "wide"),
    "extract": _text("Extract"),
    "table_name": _text("Table", "code"),
    "source_row": _number("Row in the file"),
    "record_id": _text("Record ID", "code"),
    "plan_shown": _text("Plan", ""),
    "first_night": _date("First data load"),
    "last_night": _date("Last data load"),
    "nights": _number("Data loads"),
}

# Meetings, visits and stages that are due.
DUE = {
    "standing": _text("Standing"),
    "reason_for_date": _text("Reason for the date", "wide"),
    "booked_date": _date("Booked for"),
    "booked_meeting": _text("Meeting booked"),
    "chair": _text("Chair"),
    "paper": _text("Paper or meeting", "list", 42),
    "overdue_or_missing": _figure("Overdue or missing"),
    "overdue": _figure("Overdue"),
    "overdue_not_booked": _number("Overdue, none booked"),
    "soon": _number("Due in 4 weeks"),
    "soon_not_booked": _number("Due, none booked"),
    "booked": _number("Booked"),
    "timescale": _text("Timescale"),
    "done_in_time": _figure("Done in time"),
    "done_late": _figure("Done late"),
    "done": _figure("Done"),
    "due": _figure("Due"),
    "no_date": _figure("No date"),
    "before_the_policy": _figure("Before the policy", means="Began before the policy applied: counted apart"),
    "before_the_records": _figure("Before the records", means="Began before the records can be relied on: cannot be judged"),
    "possible": _figure("Possible"),
    "not_yet": _figure("Not yet"),
    "in_time_percent": _number("Done in time, %", kind=PERCENT),
    "stage": _text("Stage"),
    "stages_overdue": _number("Stages overdue"),
    "longest_overdue": _number("Longest overdue", means="Days since the earliest due date of a stage that is overdue"),
    "began": _date("Began"),
    "days": _number("Days"),
    "source": _text("Source", sheet=40),
    "adopted_date": _date("Adopted"),
    "adopted": _text("Adopted"),
    "in_time": _text("In time"),
    "remark": _text("Remark"),
}

# What is coming, by day and by week. A kind of event is named here once, for its column and for its row.
CALENDAR = {
    "week": _date("Week from", means="The Monday of the week"),
    "weekday": _text("Day", sheet=12),
    "what": _text("What", "list", 34),
    "about": _text("About", "list", 40),
    "kind_of_event": _text("Kind", sheet=18),
    "kind_hearing": _number("Hearing", means="Hearings that a court has set"),
    "kind_evidence": _number("Final evidence", means="Days by which the final evidence is due"),
    "kind_court_step": _number("Before court", means="What has to be done before a hearing, the evidence or the second review"),
    "kind_review": _number("Review"),
    "kind_meeting": _number("Due by a rule", means="Meetings and other steps that a rule in use asks for by the day"),
    "kind_booked": _number("Meeting booked"),
    "kind_visit": _number("Visit due"),
    "kind_paper": _number("Paper due"),
    "kind_birth": _number("Birth expected"),
    "kind_panel": _number("Panel"),
    "kind_all": _number("All"),
}

# The service level's trackers.
TRACKERS = {
    "on_tool": _number("On the tool", 14, "Children on the Weekly Tracking Tool"),
    "with_meeting": _number("Meeting held", 14),
    "without_meeting": _number("No meeting", 14),
    "share_with_meeting": _number("Share with a meeting", 20, kind=PERCENT),
    "tracked_for": _text("On the tracker for"),
    "days_on_tracker": _number("Days"),
    "legal_planning_date": _date("Legal planning meeting"),
    "planning_meeting_date": _date("Last planning meeting"),
    "planning_meeting_booked": _date("Planning meeting booked"),
    "review_due_date": _date("Next review due"),
    "days_in_stage": _number("Days in the stage", kind=DAYS),
    "days_so_far": _number("Days since entry", kind=DAYS),
    "decision_date": _date("Agency decision"),
    "placement_order_date": _date("Placement order"),
    "match_date": _date("Matched"),
    "placed_date": _date("Placed"),
    "order_date": _date("Adoption order"),
    "days_to_decision": _number("Entry to care to agency decision", kind=DAYS),
    "days_to_placement_order": _number("Agency decision to placement order", kind=DAYS),
    "days_to_match": _number("Placement order to match", kind=DAYS),
    "days_to_placed": _number("Match to placed", kind=DAYS),
    "days_to_order": _number("Placed to adoption order", kind=DAYS),
    "days_entry_to_placed": _number("Entry to care to placed", kind=DAYS),
    "days_entry_to_order": _number("Entry to care to adoption order", kind=DAYS),
    "from_and_to": _text("From and to", "wide"),
    "median_days": _number("Median days", kind=DAYS),
    "longest_days": _number("Longest", kind=DAYS),
    "adopter_id": _text("Adopters", "code"),
    "adopters": _number("Adopters"),
    "early_permanence": _number("For early permanence"),
    "is_early": _text("Early permanence"),
    "waits_for": _text("Waits for"),
    "days_waiting": _number("Days waiting"),
    "waiting_since": _date("Waiting since"),
    "family_finding_date": _date("Family finding since"),
    "match": _number("Waiting for a match"),
    "ratification": _number("Waiting for ratification"),
    "on_list": _number("On the list"),
    "on_list_since": _date("On the list since"),
    "weeks": _number("Weeks"),
    "weeks_on_list": _number("Weeks on the list"),
    "this_week": _number("New this week"),
    "reasons": _text("Reasons", "list"),
    "came_into_care": _number("Came into care"),
    "final_order": _number("Final order"),
    "relinquished": _number("Relinquished"),
    "connected_carers": _number("Connected carers"),
    "at_home": _number("At home"),
    "section_20": _number("Section 20"),
    "month_to": _date("Month to"),
    "child_stage": _text("Stage of the child"),
    "option": _text("Option"),
    "carer": _text("Carer"),
    "primary": _text("Primary"),
    "primary_or_contingency": _text("Primary or contingency"),
    "begun_date": _date("Begun"),
    "stage_date": _date("Stage since"),
    "days_open": _number("Days open"),
    "referral_date": _date("Referral"),
    "viability_date": _date("Viability"),
    "viability_outcome": _text("Viability outcome"),
    "assessment_start_date": _date("Assessment started"),
    "assessment_end_date": _date("Assessment ended"),
    "assessment_outcome": _text("Assessment outcome"),
    "court_application_date": _date("Court application"),
    "referral": _number("Referral"),
    "viability": _number("Viability"),
    "assessment": _number("Assessment"),
    "assessment_begun": _number("Assessment started"),
    "assessment_ended": _number("Assessment ended"),
    "panel": _number("Panel"),
    "court": _number("Court"),
    "court_application": _number("Court application"),
    "order": _number("Order"),
    "closed": _number("Closed"),
    "proceedings_decision": _date("Decision"),
    "family_meeting_date": _date("Family meeting"),
    "options_open": _number("Family carers explored"),
    "viability_done": _number("With viability assessed"),
    "initial_meeting_date": _date("First meeting"),
    "legal_gateway_outcome": _text("Legal gateway"),
    "issued_date": _date("Issued"),
    "first_hearing_date": _date("First hearing"),
    "final_evidence_due_date": _date("Final evidence due"),
    "final_hearing_date": _date("Final hearing"),
}

MONITORING = {
    "considered": _text("Last considered", "some", 22, "When the Permanence Monitoring Group last considered the child"),
    "considered_date": _date("Last considered on"),
}

# Brothers and sisters.
SIBLINGS = {
    "family": _text("Group", "code", 18, "The family, else the mother, by its number in the case system"),
    "living": _text("Living", "short", 12, "Together in one home, apart, or not known"),
    "homes": _number("Homes", means="How many homes are known"),
    "home": _number("Home", means="Children with one number live in one home"),
    "not_assessed": _number("Not assessed", means="Children with no assessment of brothers and sisters in this period of care"),
    "on_lists": _number("On lists", means="How many lists the children are on, in all"),
    "services": _text("Services"),
    "teams": _text("Teams", "list"),
    "court_name": _text("Court"),
    "assessed_date": _date("Assessed"),
}

# The Action Planning Tracker.
ACTION_PLANNING = {
    "asks": _text("Question", "wide"),
    "answer": _text("Answer"),
    "reason": _text("Why", "wide"),
    "yes": _number("Yes"),
    "no": _number("No"),
    "not_asked": _number("Not asked"),
    "not_supplied": _number("No answer"),
    "list_to_work_through": _text("List to work through", "wide"),
    "assessments_complete": _text("1 Assessments complete", "list"),
    "with_long_term_carer": _text("2 With the long-term carer", "list"),
    "secured_legally": _text("3 Secured legally", "list"),
    "next_step_under_way": _text("4 Next step under way", "list"),
    "visited_in_time_and_alone": _text("5 Visited in time, and alone", "list"),
    "entries_consistent": _text("6 Entries consistent", "list"),
    "care_plan_summary": _text("Care plan summary", "wide"),
    "supervision": _text("Supervision", "wide"),
    "management_decision": _text("Management decision", "wide"),
    "assessments_complete_reason": _text("1 Assessments complete, why"),
    "with_long_term_carer_reason": _text("2 With the long-term carer, why"),
    "secured_legally_reason": _text("3 Secured legally, why"),
    "next_step_under_way_reason": _text("4 Next step under way, why"),
    "visited_in_time_and_alone_reason": _text("5 Visited in time, and alone, why"),
    "entries_consistent_reason": _text("6 Entries consistent, why"),
    "care_plan_summary_author": _text("Care plan summary by"),
    "care_plan_summary_date": _date("Care plan summary on"),
    "care_plan_summary_days": _number("Care plan summary, days old"),
    "supervision_author": _text("Supervision by"),
    "supervision_date": _date("Supervision on"),
    "supervision_days": _number("Supervision, days old"),
    "management_decision_author": _text("Management decision by"),
    "management_decision_date": _date("Management decision on"),
    "management_decision_days": _number("Management decision, days old"),
    "legal_meeting_date": _date("Legal planning meeting"),
    "pre_proceedings_date": _date("Pre-proceedings"),
    "proceedings_date": _date("Care proceedings"),
    "option_id": _text("Option ID", "code"),
    "is_primary": _text("Primary option"),
    "whose": _text("Whose option"),
    "finished": _text("Finished"),
    "options_explored": _text("Options explored", "wide"),
    "legal_track": _text("Legal track", "wide"),
    "step": _text("Step", sheet=32),
}

# Journeys to permanence.
JOURNEYS = {
    "route_title": _text("Route", sheet=32),
    "in_short": _text("In short", "wide", 100),
    "year": _text("Entered care in", "code", 18),
    "started": _number("Children", 16, kind=WORDED),
    "reached": _number("Reached", 24, kind=WORDED),
    "waiting": _number("Still waiting", 24, kind=WORDED),
    "ended": _number("Ended another way", 14, kind=WORDED),
    "quarter": _number("A quarter by (days)", 14, kind=WORDED),
    "half": _number("Half by (days)", 14, kind=WORDED),
    "three_quarters": _number("Three quarters by (days)", 14, kind=WORDED),
    "median_reached": _number("Median of those who reached it (days)", 18, kind=WORDED),
    "entered_date": _date("Entered care"),
    "stopped_date": _date("Ended another way on"),
    "stopped": _text("Why it ended another way"),
    "month": _number("Months", kind=WORDED),
    "interval": _number("95% interval", kind=WORDED),
    "low": _number("95% interval from"),
    "high": _number("95% interval to"),
    "followed": _number("Children followed longer", kind=WORDED),
    "at_risk": _number("Children waiting before"),
}

# The load, and what it found in the files.
LOAD = {
    "file_name": _text("File", "code"),
    "rows_read": _number("Rows read"),
    "rows_used": _number("Used"),
    "rows_quarantined": _number("Not used"),
    "rows_repeated": _number("Repeated"),
    "encoding": _text("Encoding", "code"),
    "sha256": _text("SHA-256", "code"),
    "bytes": _number("Bytes"),
    "extra_columns": _text("Unknown columns"),
    "absent_columns": _text("Missing columns"),
    "note": _text("Note", "wide"),
    "waits_for": _text("Waits for", sheet=36),
    "rules_counted": _number("Rules with a figure", means="Rules in use that need this extract and have a figure"),
    "rules_waiting": _number("Rules that wait", means="Rules in use that have no figure until it is supplied"),
    "waiting_rules": _text("Which rules", "wide"),
    "who_supplies": _text("Who could supply it", sheet=40),
    "not_told": _text("Columns not supplied", "wide"),
    "rows_before": _number("Rows in the last load"),
    "rows_tonight": _number("Rows in this load"),
    "people_before": _number("People in the last load"),
    "people_tonight": _number("People in this load"),
    "last_night_figure": _number("Last load"),
    "tonight": _number("This load"),
    "most_before": _number("Largest change before"),
    "kind_of_fault": _text("Kind"),
    "column_name": _text("Column", "code"),
    "value": _text("Value"),
    "what_is_wrong": _text("What is wrong, and what to do", "wide"),
    "message": _text("What was found", "wide"),
    "mend": _text("What to correct in the case system", "wide"),
    "records": _number("Records"),
}

# The record of access.
ACCESS = {
    "at": _text("When (UTC)", "short", 20),
    "identity": _text("Who", sheet=30, means="The name that the person signs in with"),
    "from_place": _text("From where", "short", 18, "The address of the browser, or the command line"),
    "accessed": _text("What", "short", 14),
    "subject": _text("Page, file or command", sheet=34),
    "choices": _text("Narrowed to", sheet=40),
    "night": _text("Data load", "code", 24),
}

# The Corporate Parenting Panel's pack.
CORPORATE = {
    "measure": _text("Measure", sheet=46),
    "status": _text("Status", "short", 14),
    "direction": _text("Direction", "short", 18),
    "statistical_neighbours": _text("Statistical neighbours", "short", 16),
    "england_average": _text("England", "short", 15),
    "definition": _text("Definition", "wide", 60),
    "numerator": _text("Numerator", "wide", 34),
    "denominator": _text("Denominator", "wide", 34),
    "count": _text("Count", sheet=46),
    "times": _text("Times", sheet=46),
    "share_of_whole": _number("Share", kind=PERCENT),
    "published_by": _text("Published by", ""),
    "published_on": _text("Published on", ""),
}

GROUPS = (
    CHILD,
    LISTS,
    DRIFT,
    PANEL,
    RECORD,
    DUE,
    CALENDAR,
    TRACKERS,
    MONITORING,
    SIBLINGS,
    ACTION_PLANNING,
    JOURNEYS,
    LOAD,
    ACCESS,
    CORPORATE,
)
COLUMNS: dict[str, Entry] = {name: entry for group in GROUPS for name, entry in group.items()}
# What a list leaves out while it shows its short columns: who else the child is, and what stands on the child's own page.
IN_FULL = frozenset(
    (
        *("legacy_id", "service", "clock", "limit_date", "legal_status", "placement", "placement_start", "provider", "chair"),
        *("last_review_date", "last_visit_date", "last_visit_seen", "booked_meeting", "family_id", "adopter_id", "court_name"),
        *("referral_date", "viability_date", "viability_outcome", "assessment_start_date", "assessment_end_date"),
        *("assessment_outcome", "panel_date", "court_application_date", "entered_care", "legal_planning_date"),
        *("options_open", "viability_done", "initial_meeting_date", "legal_gateway_outcome", "options_explored", "legal_track"),
    )
)


def entry(name: str) -> Entry:
    """What a column is. Raises KeyError for one that is not in ``COLUMNS``."""
    if name not in COLUMNS:
        raise KeyError(f"There is no column '{name}' in words/columns.py; add it there, with its heading and kind.")
    return COLUMNS[name]


def heading(name: str) -> str:
    """The heading of a column. Raises KeyError for one that is not in ``COLUMNS``."""
    return entry(name).heading


def headings(*names: str) -> tuple[str, ...]:
    """The headings of some columns, in their order; an empty name is a column without one."""
    return tuple(heading(name) if name else "" for name in names)
