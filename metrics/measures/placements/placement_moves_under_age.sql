-- title: Placement moves of younger children
-- asks: Which children under this age have moved this many times or more in this period of care?
-- why: Each move makes the next more likely. At the third the service manager, the heads of service and the independent
--      reviewing officer are alerted. The clock starts at the move that reaches the number; the detail says which of them has been
--      alerted since.
-- kind: measure
-- parameters: moves, under_age, alerted
-- needs: ssd_cla_episodes, ssd_cla_placement, earlier_records
-- uses: local_documents
-- evidence: episode, moves_in_this_period, documents_recorded
-- source: Guidance 3.9, Preventing Drift in Permanency Planning
-- out of: children in care under {under_age}
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with moved as (
    select *
    from moves_reached_on_day($moves, $under_age)
),

role as (
    select
        entry.code,
        entry.place,
        lower(codes.label) as title
    from (select unnest($alerted::varchar[]) as code, generate_subscripts($alerted::varchar[], 1) as place) as entry
    join codes on codes.code_set = 'sent_to' and codes.code = entry.code
),

alert as (
    select distinct
        moved.as_at,
        moved.child_number,
        document.sent_to
    from moved
    join document
        on document.child_number = moved.child_number
        and document.document_type = 'ALERT'
        and document.sent_date between moved.move_date and moved.as_at
),

told as (
    select
        moved.as_at,
        moved.child_number,
        string_agg(role.title, ', ' order by role.place) filter (where alert.sent_to is not null) as alerted,
        string_agg(role.title, ', ' order by role.place) filter (where alert.sent_to is null) as not_alerted
    from moved
    cross join role
    left join alert
        on alert.as_at = moved.as_at
        and alert.child_number = moved.child_number
        and alert.sent_to = role.code
    group by all
)

select
    moved.as_at,
    moved.child_number,
    moved.move_date as clock_start,
    moved.placement_moves || ' moves; ' || case
        when not (select supplied from supplied where table_name = 'local_documents') then 'alerts not supplied'
        when told.not_alerted is null then 'all alerted: ' || told.alerted
        when told.alerted is null then 'nobody alerted since the move'
        else 'alerted: ' || told.alerted || '; not alerted: ' || told.not_alerted
    end as detail
from moved
left join told using (as_at, child_number)
