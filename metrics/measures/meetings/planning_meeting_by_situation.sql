-- title: The next permanency planning meeting
-- asks: When is each child's next permanency planning meeting due, and which situation decides it?
-- why: How often a child's plan is looked at depends on the child's legal status and placement. Until a meeting has been held since
--      entry to care, the first one is due as for any other child, and no later situation takes it away; only secure accommodation
--      and remand stand in its place. Each child has one situation, the first of the policy's table that applies; its first meeting
--      counts from the situation's start, the next from the last one held. Of two days, the earlier stands. Nothing before entry to
--      care counts. Proceedings that go on without a final care planning meeting ask for another.
-- kind: milestone
-- parameters: situations, meetings, secure, residential, final_weeks, hearing_after_days
-- needs: local_meetings, ssd_legal_status, ssd_cla_placement, local_approvals, local_carer_matches, local_care_proceedings,
--        ssd_cla_reviews, earlier_records
-- uses: ssd_permanence
-- evidence: episode, placement, legal_statuses, placement_order, approvals_recorded, long_term_match, court_proceedings,
--           planning_meetings
-- source: Permanency Planning Practice Guidance 5, Timescales for Permanency Planning Meetings
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with situation as (
    select
        entry.*,
        place,
        nullif(regexp_extract(entry.first, '^\d+'), '')::integer as first_amount,
        regexp_extract(entry.first, '^\d+ (.*?)s?$', 1) as first_unit,
        nullif(regexp_extract(entry.review, '^\d+'), '')::integer as review_amount,
        regexp_extract(entry.review, '^\d+ (.*?)s?$', 1) as review_unit
    from (
        select
            unnest($situations::struct(id varchar, words varchar, first varchar, after varchar, review varchar)[]) as entry,
            generate_subscripts($situations, 1) as place
    )
),

place_of as (
    select
        min(place) filter (where id = 'secure') as secure,
        min(place) filter (where id = 'remanded') as remanded,
        min(place) filter (where id = 'unregistered') as unregistered,
        min(place) filter (where id = 'placement_order') as placement_order,
        min(place) filter (where id = 'with_parents') as with_parents,
        min(place) filter (where id = 'residential') as residential,
        min(place) filter (where id = 'residential_section_20') as residential_section_20,
        min(place) filter (where id = 'foster_ratified') as foster_ratified,
        min(place) filter (where id = 'foster') as foster,
        min(place) filter (where id = 'foster_section_20') as foster_section_20,
        min(place) filter (where id = 'proceedings') as proceedings,
        min(place) filter (where id = 'accommodated') as accommodated,
        min(place) filter (where id = 'other') as other
    from situation
),

meeting as (
    select
        child_number,
        list(distinct meeting_date order by meeting_date) as dates
    from held_meeting
    where list_contains($meetings::varchar[], meeting_type)
    group by child_number
),

home as (
    select
        code as placement_type,
        list_contains($secure::varchar[], code) as secure,
        list_contains($residential::varchar[], code) as residential,
        list_contains(groups, 'with_parents') as with_parents,
        list_contains(groups, 'foster') as foster
    from codes
    where code_set = 'placement_type'
),

-- The place of each situation that applies: the lowest is the child's. What it counts from: nothing, where nothing falls due yet.
placed as (
    select
        spine.as_at,
        spine.child_number,
        spine.entered_care,
        proceedings.issued_date,
        proceedings.final_meeting_date,
        proceedings.hearing_recorded,
        least(
            case when home.secure then place_of.secure end,
            case when orders.remanded is not null then place_of.remanded end,
            case when irregular.placement_row is not null then place_of.unregistered end,
            case
                when spine.placement_order_since is not null and spine.adoption_match_date is null then place_of.placement_order
            end,
            case when home.with_parents and orders.care_order is not null then place_of.with_parents end,
            case when home.residential and orders.care_order is not null then place_of.residential end,
            case when home.residential and orders.accommodated is not null then place_of.residential_section_20 end,
            case
                when home.foster
                    and coalesce(orders.full_care_order, orders.accommodated) is not null
                    and spine.long_term_match_ratified
                    then place_of.foster_ratified
            end,
            case
                when home.foster and orders.full_care_order is not null and not spine.long_term_match_ratified then place_of.foster
            end,
            case
                when home.foster and orders.accommodated is not null and not spine.long_term_match_ratified
                    then place_of.foster_section_20
            end,
            case when spine.in_proceedings then place_of.proceedings end,
            case when orders.accommodated is not null then place_of.accommodated end,
            place_of.other
        ) as place,
        case place
            -- In secure accommodation, the day on which exit is planned is nowhere recorded.
            when place_of.secure then null
            when place_of.remanded then orders.remanded
            when place_of.unregistered then lived_in.home_start
            when place_of.placement_order then spine.placement_order_since
            when place_of.with_parents then orders.care_order
            when place_of.residential then orders.care_order
            when place_of.residential_section_20 then greatest(orders.accommodated, lived_in.home_start)
            when place_of.foster_ratified then ratified.move_date
            when place_of.foster then orders.full_care_order
            -- A hearing that is still to come starts nothing yet; where none is recorded, one is taken for held so many days after issue.
            when place_of.proceedings
                then case
                    when proceedings.hearing_recorded then proceedings.hearing_date
                    else proceedings.issued_date + $hearing_after_days::integer
                end
            when place_of.foster_section_20 then orders.accommodated
            when place_of.accommodated then orders.accommodated
            else spine.entered_care
        end as recorded_start,
        case
            when place in (place_of.accommodated, place_of.foster_section_20)
                and reviewed.second_review_date > greatest(orders.accommodated, spine.entered_care)
                then reviewed.second_review_date
        end as second_review_date
    from spine
    cross join place_of
    left join home using (placement_type)
    left join order_on_day as orders using (as_at, child_number)
    left join irregular_placement as irregular
        on irregular.placement_row = spine.placement_row and irregular.noted_date <= spine.as_at
    left join ratified_match_on_day as ratified using (as_at, child_number)
    left join proceedings_in_force_on_day as proceedings using (as_at, child_number)
    left join second_review_on_day as reviewed using (as_at, child_number)
    left join home_on_day as lived_in using (as_at, child_number)
),

-- What is asked of a child: the meeting of the child's situation, and the first meeting in care, as for any other child.
asked as (
    select
        as_at,
        child_number,
        entered_care,
        place,
        recorded_start,
        second_review_date,
        hearing_recorded,
        false as first_in_care
    from placed
    union all
    select
        placed.as_at,
        placed.child_number,
        placed.entered_care,
        place_of.other as place,
        placed.entered_care as recorded_start,
        null as second_review_date,
        null as hearing_recorded,
        true as first_in_care
    from placed
    cross join place_of
    where placed.place is distinct from place_of.secure
        and placed.place is distinct from place_of.remanded
        and placed.place != place_of.other
),

-- The first meeting, until one has been held since the start; then the next after the last; and done where there is no next.
counted as (
    select
        asked.*,
        situation.* exclude (place),
        case when asked.recorded_start is not null then greatest(asked.recorded_start, asked.entered_care) end as start_date,
        list_filter(meeting.dates, lambda held: held >= start_date and held <= asked.as_at) as held_dates,
        coalesce(len(held_dates), 0) > 0 and situation.review_amount is not null as is_review,
        case when is_review then held_dates[-1] else start_date end as counted_from,
        case when is_review then situation.review_amount else situation.first_amount end as amount,
        case when is_review then situation.review_unit else situation.first_unit end as unit
    from asked
    join situation using (place)
    left join meeting using (child_number)
    where not (asked.first_in_care and coalesce(len(held_dates), 0) > 0)
),

-- The day that many working days after any day, for the periods that are in working days.
working_day_due as (
    select
        calendar_day.day,
        period.amount,
        working_day.day as due_date
    from (
        select first_amount as amount from situation where first_unit = 'working day'
        union
        select review_amount from situation where review_unit = 'working day'
    ) as period
    cross join calendar_day
    join working_day on working_day.number = calendar_day.number + period.amount
),

due_next as (
    select
        counted.*,
        least(
            case counted.unit
                when 'working day' then working_day_due.due_date
                when 'day' then counted.counted_from + counted.amount
                when 'week' then counted.counted_from + counted.amount * 7
                when 'month' then months_after(counted.counted_from, counted.amount)
            end,
            -- Before the second review, where that has been held.
            case when not counted.is_review then counted.second_review_date - 1 end
        ) as due_date
    from counted
    left join working_day_due
        on working_day_due.day = case when counted.unit = 'working day' then counted.counted_from end
        and working_day_due.amount = counted.amount
)

select
    as_at,
    child_number,
    coalesce(counted_from, entered_care) as clock_start,
    due_date,
    case when not is_review then held_dates[1] end as done_date,
    case when first_in_care then 'first meeting in care' else words end || ': ' || case
        when is_review then review || ' from the last meeting'
        when id = 'secure' then 'when exit is planned'
        when id = 'proceedings' and not hearing_recorded
            then 'no first hearing recorded, ' || first || ' from ' || $hearing_after_days || ' days after issue'
        when counted_from is not null and first != '' then first || ' from ' || after
        when id = 'foster_ratified' then 'on a change of placement only'
        when id = 'proceedings' then 'first hearing to come'
        else 'no period set'
    end as detail
from due_next
-- The first meeting in care stands where it is due before the situation's own.
qualify not first_in_care
    or coalesce(due_date < min(due_date) filter (where not first_in_care) over (partition by as_at, child_number), true)
union all
-- A review meeting where proceedings go on and no final care planning meeting has taken place: either answers it.
select
    placed.as_at,
    placed.child_number,
    placed.issued_date,
    placed.issued_date + $final_weeks::integer * 7,
    least(
        placed.final_meeting_date,
        list_filter(
            meeting.dates,
            lambda held: held >= greatest(placed.issued_date + $final_weeks::integer * 7, placed.entered_care)
                and held <= placed.as_at
        )[1]
    ),
    situation.words || ': ' || $final_weeks || ' weeks from issue with no final care planning meeting'
from placed
join situation using (place)
left join meeting using (child_number)
where situation.id = 'proceedings'
    and placed.issued_date is not null
