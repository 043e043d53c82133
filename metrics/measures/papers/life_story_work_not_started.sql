-- title: Life story work not started
-- asks: Which children whose plan is a permanent placement other than a return to a parent have no life story work recorded?
-- why: Life story work tells a child why they could not go home, and who they are. It is needed as soon as the plan is no longer a
--      return; work that was recorded at any time counts.
-- kind: measure
-- clock: option
-- parameters: at_home
-- needs: ssd_cla_care_plan, local_documents
-- evidence: episode, plans, documents_recorded
-- source: Guidance 3.3.1, Child's Needs, last bullet
-- out of: children whose plan is not to be at home
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with planned as (
    select
        as_at,
        child_number,
        min(since) as since,
        min(recorded_since) as recorded_since,
        min(observed_since) as observed_since
    from option_clock
    group by all
)

select
    spine.as_at,
    spine.child_number,
    planned.since as clock_start,
    planned.recorded_since as recorded_start,
    planned.observed_since as observed_start,
    spine.plan_shown as detail
from spine
join planned using (as_at, child_number)
anti join document
    on document.child_number = spine.child_number
    and document.document_type = 'LIFE_STORY_WORK'
    and document.sent_date <= spine.as_at
where not list_has_any(spine.options, $at_home::varchar[])
