"""The pages that a policy file can bring, and what else it can provide. Their titles stand in ``ui/shell/navigation.py``."""

from __future__ import annotations

# Page -> the measures that the policy must have a rule over, or the page has nothing to show.
PAGES: dict[str, tuple[str, ...]] = {
    "action_planning": (
        "family_assessments_incomplete",
        "not_with_long_term_carer",
        "not_secured_legally",
        "no_next_step",
        "visit_in_time_and_alone",
        "entries_inconsistent",
    ),
    "adoption": ("before_agency_decision", "after_agency_decision", "adopted"),
    "connected_persons": ("connected_assessment_open",),
    "england": ("placements_in_months", "same_placement", "not_in_same_placement"),
    "key_stages": (),
    "long_term_fostering": ("long_term_fostering_awaiting_match", "long_term_fostering_awaiting_ratification"),
    "meetings_due": ("planning_meeting_by_situation",),
    "monitoring_group": ("monitoring_group",),
    "papers": (),
    "proceedings": ("in_pre_proceedings", "in_proceedings", "connected_assessment_open"),
    "siblings": ("siblings_apart_unassessed",),
    "weekly": ("weekly_tracking_no_meeting",),
}
# The timescales that the law sets, and the adoption indicators: the corporate parenting pack counts them.
STATUTORY = "statutory_timescales"
PROVIDES = (STATUTORY,)
