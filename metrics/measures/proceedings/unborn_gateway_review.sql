-- title: Unborn child: legal gateway reviewed before the birth
-- asks: Was the legal gateway of each unborn child reviewed by so many days before the expected date?
-- why: When a child may need a home on the day of birth, the review has to come before it. Asked of a child who is not born by the day
--      and whose first gateway was held early enough for a review; the next gateway is its review. Once the child is born, or
--      proceedings are issued or the matter is stepped down, it is not asked any more.
-- kind: milestone
-- parameters: days
-- needs: local_meetings, ssd_person, children_not_in_care
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: legal_gateways, expected_birth
-- source: Slough Permanence Policy 8, Planning process
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with expected as (
    select
        known.as_at,
        known.child_number,
        coalesce(child.expected_dob, child.dob) as expected_date,
        min(legal_gateway.gateway_date) as gateway_date,
        min(legal_gateway.next_date) filter (where legal_gateway.next_date <= known.as_at) as review_date
    from known_on_day as known
    join child using (child_number)
    join legal_gateway
        on legal_gateway.child_number = known.child_number
        and in_force(legal_gateway.gateway_date, legal_gateway.closed_date, known.as_at)
    where coalesce(child.expected_dob, child.dob) is not null
        and (child.dob is null or child.dob > known.as_at)
    group by all
)

select
    as_at,
    child_number,
    gateway_date as clock_start,
    expected_date - $days as due_date,
    review_date as done_date,
    'expected on ' || strftime(expected_date, '%d/%m/%Y') as detail
from expected
where gateway_date < expected_date - $days
