-- title: Visit overdue, or the child not seen alone
-- asks: When is each child's next visit due, which are overdue, and who was not seen alone at the last one?
-- why: A child who is not seen, or never alone, cannot say how things are. A visit is due within so many days of the start of
--      a placement; then so many weeks after the last one at which the child was seen, while that was in the placement's first
--      year or the placement is not meant to last; else so many months after it. A placement is meant to last when the child
--      lives in it with the intended long-term foster carers, relatives or friends, or residential carers. Not seen alone at
--      the last visit: overdue since that visit. Where no visit at all says whether the child was alone, that is not asked.
-- kind: milestone
-- parameters: first_days, weeks, later_months
-- needs: ssd_cla_visits
-- uses: local_carer_matches, local_permanence_options
-- evidence: episode, placement, visits_recorded
-- source: Permanency Planning Policy and Procedures 11.6, fifth question; Care Planning Regulations 2010, regulation 28
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document (the intervals of regulation 28 have not been read
--      against the regulation)
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with seen as (
    select
        spine.as_at,
        spine.child_number,
        max(visit.clav_cla_visit_date) as visit_date,
        arg_max({alone: visit.alone}, (visit.clav_cla_visit_date, coalesce(cast(visit.alone as integer), -1))).alone as alone
    from spine
    join (
        select
            clav_person_id,
            clav_cla_visit_date,
            clav_cla_visit_seen_alone as alone
        from ssd_cla_visits
        where coalesce(clav_cla_visit_seen, true)
    ) as visit
        on visit.clav_person_id = spine.child_id
        and visit.clav_cla_visit_date between spine.entered_care and spine.as_at
    group by all
),

expected as (
    select
        spine.as_at,
        spine.child_number,
        seen.visit_date,
        seen.alone,
        coalesce(home_on_day.home_start, spine.entered_care) as placed,
        coalesce(home.home in ('long-term foster carers', 'relatives or friends', 'residential carers'), false) as lasting
    from spine
    join long_term_home_on_day as home using (as_at, child_number)
    left join home_on_day using (as_at, child_number)
    left join seen using (as_at, child_number)
),

due as (
    select
        *,
        case
            when visit_date is null or visit_date < placed then cast(placed + $first_days as date)
            when lasting and visit_date >= months_after(placed, 12) then months_after(visit_date, $later_months)
            else cast(visit_date + 7 * $weeks as date)
        end as next_date,
        visit_date is not null
            and not coalesce(alone, false)
            and (select bool_or(clav_cla_visit_seen_alone is not null) from ssd_cla_visits) as not_alone
    from expected
)

select
    as_at,
    child_number,
    coalesce(greatest(visit_date, placed), placed) as clock_start,
    case when not_alone then least(visit_date, next_date) else next_date end as due_date,
    null::date as done_date,
    case
        when not_alone and next_date <= as_at then 'visit overdue; not seen alone at the last one'
        when not_alone and alone is null then 'not recorded whether seen alone at the last visit'
        when not_alone then 'not seen alone at the last visit'
        when next_date <= as_at and visit_date is null then 'visit overdue; never seen in this period of care'
        when next_date <= as_at then 'visit overdue'
        else 'next visit'
    end as detail
from due
