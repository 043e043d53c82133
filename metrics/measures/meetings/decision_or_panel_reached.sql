-- title: Agency decision maker or panel
-- asks: Has the plan of each child in care reached the agency decision maker, the fostering panel or the special guardianship panel?
-- why: The last key stage before the plan is carried out. The document gives no period for it, so it has no due date and is never
--      overdue: it is shown as reached, on the first such day of this period of care, or as not reached. A match that was made
--      or ratified stands for the fostering panel.
-- kind: milestone
-- parameters: panel_options
-- needs: local_permanence_options, local_carer_matches
-- uses: ssd_permanence
-- evidence: agency_decision, long_term_match, permanence_options
-- source: Permanence Planning Policy 2, sixth key stage
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with reached as (
    select person_id, panel_date as reached_date, 'panel' as step
    from local_permanence_options
    where list_contains($panel_options::varchar[], option_type)
    union all
    select person_id, coalesce(ratified_date, match_date), 'fostering panel'
    from local_carer_matches
    where match_type = 'LTF'
    union all
    select perm_person_id, perm_adm_decision_date, 'agency decision maker'
    from ssd_permanence
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    null as due_date,
    min(reached.reached_date) as done_date,
    coalesce(arg_min(reached.step, (reached.reached_date, reached.step)), 'not reached') as detail
from spine
left join reached
    on reached.person_id = spine.child_id
    and reached.reached_date between spine.entered_care and spine.as_at
group by
    spine.as_at,
    spine.child_number,
    spine.entered_care
