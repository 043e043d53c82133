-- title: Review of a legal gateway
-- asks: By when is each legal gateway to be reviewed, and was it?
-- why: A gateway sets a day on which it is looked at again. Each one falls due for review, and the next one is its review, until
--      proceedings are issued, an order is made, or it is decided to step down or to issue. Other legal planning meetings start no
--      clock. A gateway with no such end stays: either the review is missing, or the decision was not recorded.
-- kind: milestone
-- due: clock_start
-- parameters: weeks
-- needs: local_meetings, children_not_in_care
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: legal_gateways, pre_proceedings_decided, concluded_proceedings, legal_statuses, episodes_ended
-- source: Slough Permanence Policy 8, Planning process
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
    legal_gateway.gateway_date as clock_start,
    legal_gateway.gateway_date + 7 * $weeks as due_date,
    case when legal_gateway.next_date <= known.as_at then legal_gateway.next_date end as done_date,
    case when known.in_care then 'in care' else 'not in care' end || case
        when child.dob is null or child.dob > known.as_at
            then coalesce('; expected on ' || strftime(coalesce(child.expected_dob, child.dob), '%d/%m/%Y'), '')
        else ''
    end as detail
from known_on_day as known
join child using (child_number)
join legal_gateway
    on legal_gateway.child_number = known.child_number
    and in_force(legal_gateway.gateway_date, legal_gateway.closed_date, known.as_at)
