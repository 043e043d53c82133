-- title: Permanency Planning Progress form not started
-- asks: For which children was a legal advice meeting held, with no permanence option recorded since?
-- why: The form is started at the first legal advice meeting, before a child comes into care, and follows every option from then on. The
--      clock is the first such meeting that is still to be answered for: of this period of care or the weeks before it; of a child not
--      in care, since pre-proceedings or proceedings began or in the weeks before. An option that was open already counts.
-- kind: measure
-- parameters: meeting_types, weeks_before
-- needs: local_meetings, local_permanence_options, fostering_plans, children_not_in_care
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: episode, stage_meetings, permanence_options
-- source: Permanency Planning Policy and Procedures 11.5
-- out of: children in care, in pre-proceedings or in proceedings for whom a legal advice meeting was held
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    advised.as_at,
    advised.child_number,
    advised.advised_date as clock_start,
    case when advised.in_care then 'in care' else 'not in care' end as detail
from legal_advice_on_day($meeting_types::varchar[], $weeks_before) as advised
where not exists (
    select 1
    from local_permanence_options as explored
    where explored.person_id = advised.child_id
        and least(explored.referral_date, explored.viability_date, explored.assessment_start_date) <= advised.as_at
        and (explored.order_date is null or explored.order_date >= advised.advised_date)
        and (explored.closed_date is null or explored.closed_date >= advised.advised_date)
)
