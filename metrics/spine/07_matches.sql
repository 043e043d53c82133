-- Matched for adoption on D: by the permanence record or a local match, dated in this period of care and not undone by D.
create or replace temp table adoption_match_on_day as
with adoption_match as (
    select
        child.child_number,
        permanence.perm_matched_date as match_date,
        case
            when permanence.perm_decision_reversed_date >= permanence.perm_matched_date then permanence.perm_decision_reversed_date
        end as undone_date
    from ssd_permanence as permanence
    join child on child.child_id = permanence.perm_person_id
    union all
    select
        child.child_number,
        carer_match.match_date,
        carer_match.ended_date as undone_date
    from local_carer_matches as carer_match
    join child on child.child_id = carer_match.person_id
    where carer_match.match_type = 'ADOPTION'
)

select
    child_in_care.as_at,
    child_in_care.child_number,
    max(adoption_match.match_date) as match_date
from child_in_care
join adoption_match
    on adoption_match.child_number = child_in_care.child_number
    and adoption_match.match_date between child_in_care.entered_care and child_in_care.as_at
    and (adoption_match.undone_date is null or adoption_match.undone_date > child_in_care.as_at)
group by all;

-- Long-term fostering matches, from the search for a family on. One that names a placement is with the carers of that home, and is over when the child leaves it, even
-- where its record was left open.
create or replace temp table long_term_match as
with home as (
    select
        child_number,
        placement_id,
        min(home_number) as home_number,
        min(home_end) as home_end
    from home_placement
    group by all
)

select
    carer_match.rowid as match_row,
    child.child_number,
    carer_match.family_finding_start_date,
    carer_match.match_date,
    carer_match.ratified_date,
    carer_match.ended_date,
    carer_match.placement_id is not null as names_placement,
    home.home_number,
    case when home.home_end between carer_match.match_date and date '9999-12-30' then home.home_end end as left_date
from local_carer_matches as carer_match
join child on child.child_id = carer_match.person_id
left join home
    on home.child_number = child.child_number
    and home.placement_id = carer_match.placement_id
where carer_match.match_type = 'LTF';

-- Those that stand on D: of this period of care, not ended, and not of a home that the child has left. A temporary placement that
-- interrupts the home does not end it.
-- term: standing_match_on_day: The long-term matches of this period of care that stand: not ended, and not of a home that the child has left.
-- term: standing_match_on_day.match_row: The row of the extract of matches.
-- term: standing_match_on_day.match_date: The day of the match.
-- term: standing_match_on_day.here: Whether it is with the carers of the home in which the child lives, or names no placement.
-- term: standing_match_on_day.ratified_date: The day on which the match was ratified, if that has come.
create or replace temp table standing_match_on_day as
with lived_in as (
    select
        placement_on_day.as_at,
        placement_on_day.child_number,
        home_placement.home_number
    from placement_on_day
    join placement_lived_in using (child_number, turn)
    join home_placement using (placement_row)
)

select
    child_in_care.as_at,
    child_in_care.child_number,
    long_term_match.match_row,
    long_term_match.match_date,
    case when long_term_match.ratified_date <= child_in_care.as_at then long_term_match.ratified_date end as ratified_date,
    not long_term_match.names_placement
        or coalesce(long_term_match.home_number = lived_in.home_number, false) as here
from child_in_care
join long_term_match
    on long_term_match.child_number = child_in_care.child_number
    and long_term_match.match_date between child_in_care.entered_care and child_in_care.as_at
    and (long_term_match.ended_date is null or long_term_match.ended_date > child_in_care.as_at)
left join lived_in
    on lived_in.as_at = child_in_care.as_at
    and lived_in.child_number = child_in_care.child_number
where long_term_match.left_date is null
    or long_term_match.left_date > child_in_care.as_at
    or long_term_match.home_number = lived_in.home_number;

-- Long-term match on D, ratified when its date says so; and whether it is with the carers of the home that the child lives in.
create or replace temp table long_term_match_on_day as
select
    as_at,
    child_number,
    max(match_date) as match_date,
    bool_or(ratified_date is not null) as ratified,
    bool_or(here) as here,
    bool_or(here and ratified_date is not null) as ratified_here
from standing_match_on_day
group by all;

-- A special guardianship or child arrangements assessment open on D: referred or begun in this period of care, not closed, no order.
create or replace temp table guardianship_assessment_on_day as
select distinct
    child_in_care.as_at,
    child_in_care.child_number
from child_in_care
join child using (child_number)
join local_permanence_options as explored
    on explored.person_id = child.child_id
    and explored.option_type in ('SGO', 'CAO')
    and (
        explored.referral_date between child_in_care.entered_care and child_in_care.as_at
        or explored.assessment_start_date between child_in_care.entered_care and child_in_care.as_at
    )
    and (explored.order_date is null or explored.order_date > child_in_care.as_at)
    and (explored.closed_date is null or explored.closed_date > child_in_care.as_at);
