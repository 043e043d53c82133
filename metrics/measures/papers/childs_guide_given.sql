-- title: The child's guide to adoption
-- asks: Has each child with a plan for adoption been given the child's guide, by the day of the move to the adoptive family?
-- why: A child has to be told, at their age, what adoption is. Until the child has been placed there is no day by which it is due.
--      A change of the placement's code in the same home, such as when the placement order is made, is no new placement.
-- kind: milestone
-- parameters: option
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_documents, plan_starts
-- evidence: episode, plans, placement, documents_recorded
-- source: Permanence Policy 10, Adoption
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    coalesce(placed.since, option_clock.since) as clock_start,
    placed.since as due_date,
    min(document.sent_date) as done_date,
    case when placed.since is not null then 'placed for adoption' else 'not placed yet' end as detail
from spine
left join placed_in_home_on_day('adoptive') as placed using (as_at, child_number)
left join option_clock
    on option_clock.as_at = spine.as_at
    and option_clock.child_number = spine.child_number
    and option_clock.option = $option
left join document
    on document.child_number = spine.child_number
    and document.document_type = 'CHILDS_GUIDE'
    and document.sent_date between spine.entered_care and spine.as_at
where placed.since is not null or option_clock.since is not null
group by all
