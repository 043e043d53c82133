-- title: An assessment of a parent or connected person is not complete
-- asks: For which children is the assessment of a parent or connected person neither complete nor closed, and since when?
-- why: Nobody can say where a child will grow up while somebody in the family is still waiting to be assessed. An assessment is
--      complete when it has ended, the option was closed, the order was made, or the viability assessment was negative.
--      The clock starts with the earliest one that is not complete. A child for whom nobody is being assessed is not on the
--      list.
-- kind: measure
-- parameters: negative_outcomes
-- needs: local_permanence_options
-- evidence: episode, permanence_options
-- source: Permanency Planning Policy and Procedures 11.6, first question; 11.5
-- out of: children in care for whom a parent or connected person is or was to be assessed
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    min(begun_date) as clock_start,
    array_to_string(list_sort(list_distinct(list(whose)), 'desc'), ' and ') || ' not fully assessed' as detail
from explored_option_on_day($negative_outcomes)
where whose is not null
    and not finished
group by all
