"""Papers and reports: the rules over what has to be written or sent, of whichever policy brings the page."""

from __future__ import annotations

from metrics.engine.policy import Policy, Rule

# The measures about papers, and about the meetings and panels whose papers they are.
MEASURES = (
    "plan_updated_after_first_review",
    "paper_before_second_review",
    "paper_after_planning_meeting",
    "planning_meeting_before_final_hearing",
    "planning_meeting_in_proceedings",
    "permanence_report_before_decision",
    "childs_guide_given",
    "life_story_work_not_started",
    "paper_after_adoption_ceremony",
    "family_finding_paper_missing",
    "profile_not_sent",
    "drift_without_panel",
)


def rules(policy: Policy) -> tuple[Rule, ...]:
    """The policy's rules about papers, in its order."""
    return tuple(rule for rule in policy.rules if rule.measure.id in MEASURES)
