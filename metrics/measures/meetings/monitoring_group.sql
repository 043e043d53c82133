-- title: The Permanence Monitoring Group's list
-- asks: Which children does the Permanence Monitoring Group watch, for which reasons, and since when?
-- why: The group meets every week and follows each child until permanence is achieved: adopted, matched with long-term foster
--      carers, or home or with family under a lasting order. A child joins the list on entering care (or when the parents say that
--      they relinquish the child, born or not yet, if that is earlier), and again when a match ends. Parents who take
--      that back relinquish the child no longer. The detail gives every reason
--      that applies, and when the group last considered the child.
-- kind: measure
-- parameters: weeks_before_entry
-- needs: ssd_legal_status, ssd_cla_placement, local_carer_matches, local_events, children_not_in_care
-- uses: ssd_permanence, local_permanence_options, local_meetings
-- evidence: episode, legal_statuses, placement, relinquishment, long_term_match, permanence_orders, monitoring_meetings
-- source: Slough Permanence Policy 13, Permanence Monitoring Group
-- out of: children in care, and relinquished children who are not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
select
    as_at,
    child_number,
    since as clock_start,
    reasons || ' · ' || case
        when considered_date is not null then 'last considered on ' || strftime(considered_date, '%d/%m/%Y')
        when not (select supplied from supplied where table_name = 'local_meetings') then 'meetings not supplied'
        else 'never considered'
    end as detail
from monitored_on_day($weeks_before_entry)
