-- The home of each child in care on D, and what was approved of it. (Views, like the other files of this number: a night whose policies
-- do not ask for them does not pay for them.)
-- term: home_on_day: The home in which each child in care lives on the reporting date.
-- term: home_on_day.home_number: The number of the home among the child's.
-- term: home_on_day.home_start: The day on which the home began, or entry to care, if later.
-- term: home_on_day.since_entry: Whether the child has lived there since entry to care.
-- term: home_on_day.start_before: The day on which the home before it began.
create or replace temp view home_on_day as
with home as (
    select
        child_number,
        home_number,
        min(home_start) as home_start,
        lag(min(home_start)) over (partition by child_number order by min(turn)) as start_before
    from home_placement
    group by child_number, home_number
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care,
    home.home_number,
    greatest(home.home_start, spine.entered_care) as home_start,
    home.home_start <= spine.entered_care as since_entry,
    home.start_before
from spine
join home_placement as lived_in using (placement_row)
join home
    on home.child_number = lived_in.child_number
    and home.home_number = lived_in.home_number;

-- Since when a child has been in a placement of some kind, as long as the child lives in the same home: another code or record of such a
-- placement there starts nothing again.
-- term: placed_in_home_on_day: Children in a placement of a group of types, such as long-term foster placements.
-- term: placed_in_home_on_day.since: The day on which such a placement first began in this home, or entry to care, if later.
create or replace temp macro placed_in_home_on_day(_group) as table
with of_group as (
    select code
    from codes
    where code_set = 'placement_type'
        and list_contains(groups, _group)
)

select
    spine.as_at,
    spine.child_number,
    greatest(min(part.start_date), spine.entered_care) as since
from spine
join home_placement as lived_in using (placement_row)
join home_placement as part
    on part.child_number = lived_in.child_number
    and part.home_number = lived_in.home_number
    and part.start_date <= spine.as_at
join of_group as now on now.code = lived_in.placement_type
join of_group as begun on begun.code = part.placement_type
group by spine.as_at, spine.child_number, spine.entered_care;

-- Where a home lies, by the authority that the extract names: the council's own area, a neighbour's, or any other, which is distant.
-- Null where the extract does not say, or the settings name no authorities.
-- term: placement_area: In whose area a placement lies, by the authority that the extract names for it.
-- term: placement_area.area: own, neighbour or distant; empty where the authority is not recorded.
create or replace temp view placement_area as
with named as (
    select
        rowid as placement_row,
        lower(trim(clap_cla_placement_la)) as authority
    from ssd_cla_placement
)

select
    named.placement_row,
    case
        when named.authority is null or (select count(*) from council_authority) = 0 then null
        when bool_or(known.place = 'own') then 'own'
        when bool_or(known.place = 'neighbour') then 'neighbour'
        else 'distant'
    end as area
from named
left join council_authority as known on known.authority = named.authority
group by named.placement_row, named.authority;

-- Approvals of a placement, by every placement of the same home.
-- term: home_approval: Approvals of a placement, for every placement of the same home.
-- term: home_approval.home_start: The day on which the home began.
-- term: home_approval.named_start: The day on which the placement that the approval is about began.
-- term: home_approval.names_placement: Whether the approval names it.
-- term: home_approval.approval_type: What was asked for, such as DISTANT or EMERGENCY.
-- term: home_approval.asked_date: The day on which the approval was asked for, or decided where only that is recorded.
-- term: home_approval.decided_date: The day on which the request was decided.
-- term: home_approval.decision: What was decided.
-- term: home_approval.decided_by: Who decided, as it is recorded.
create or replace temp view home_approval as
select
    part.placement_row,
    part.home_start,
    named.start_date as named_start,
    approval.names_placement,
    approval.approval_type,
    coalesce(approval.requested_date, approval.decided_date) as asked_date,
    approval.decided_date,
    approval.decision,
    approval.decided_by
from placement_approval as approval
join home_placement as named using (placement_row)
join home_placement as part
    on part.child_number = named.child_number
    and part.home_number = named.home_number;

-- The approvals of the child's home on D, as far as they were known by then: asked for, or decided if only that is recorded; one
-- with neither day is known.
-- term: home_approval_on_day: The approvals of the home in which a child lives on the reporting date, as far as they were
--      known by then.
-- term: home_approval_on_day.home_start: The day on which the home began, or entry to care, if later.
-- term: home_approval_on_day.approval_type: What was asked for.
-- term: home_approval_on_day.names_placement: Whether the approval names a placement of the home.
-- term: home_approval_on_day.asked_date: The day on which the approval was asked for, or decided where only that is
--      recorded.
-- term: home_approval_on_day.decided_date: The day on which the request was decided, if that has come.
-- term: home_approval_on_day.decision: What was decided, if that has come.
-- term: home_approval_on_day.decided_by: Who decided, as it is recorded, if that has come.
create or replace temp view home_approval_on_day as
select
    spine.as_at,
    spine.child_number,
    greatest(approval.home_start, spine.entered_care) as home_start,
    approval.approval_type,
    approval.names_placement,
    approval.asked_date,
    case when approval.decided_date <= spine.as_at then approval.decided_date end as decided_date,
    case when approval.decided_date <= spine.as_at then approval.decision end as decision,
    case when approval.decided_date <= spine.as_at then approval.decided_by end as decided_by
from home_approval as approval
join spine on spine.placement_row = approval.placement_row
where approval.named_start <= spine.as_at
    and coalesce(approval.asked_date, spine.as_at) <= spine.as_at;

-- term: long_term_settled_on_day: Children matched and placed with long-term foster carers, save in placements of the groups given.
-- term: long_term_settled_on_day.settled_date: The day of the match, or on which the home began, if later.
create or replace temp macro long_term_settled_on_day(_excepted) as table
select
    spine.as_at,
    spine.child_number,
    greatest(spine.long_term_match_date, home_on_day.home_start) as settled_date
from spine
join home_on_day using (as_at, child_number)
join codes on codes.code_set = 'placement_type' and codes.code = spine.placement_type
where spine.long_term_match_date is not null
    and spine.placement_long_term_foster
    and not list_has_any(codes.groups, _excepted);
