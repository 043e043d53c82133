-- title: Urgent legal meeting referred to the legal gateway
-- asks: Has each child about whom an urgent legal meeting was held been before the legal gateway since?
-- why: An urgent meeting makes a child safe; the gateway then looks at what follows in the normal way. The document gives no period for it,
--      so it has no due date and is never overdue: it is shown as referred, or as not referred. A gateway on the day of the meeting or
--      later counts. Once proceedings have been issued, pre-proceedings stepped down, or an order made (which says that proceedings
--      were issued where they are not recorded), it is not asked any more.
-- kind: milestone
-- needs: local_meetings, children_not_in_care
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: urgent_legal_meetings, legal_gateways, pre_proceedings_decided, court_proceedings, legal_statuses, episodes_ended
-- source: Slough Permanence Policy 8, Planning process, fourth paragraph
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    known.as_at,
    known.child_number,
    urgent.urgent_date as clock_start,
    null::date as due_date,
    case when urgent.gateway_date <= known.as_at then urgent.gateway_date end as done_date,
    case when known.in_care then 'in care' else 'not in care' end as detail
from known_on_day as known
join urgent_legal_meeting as urgent
    on urgent.child_number = known.child_number
    and in_force(urgent.urgent_date, urgent.closed_date, known.as_at)
