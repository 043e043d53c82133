-- Legal statuses in force on each reporting date. A status has a place in the shown order (the list's own order: E1, D1,
-- C2, C1, ...), and the statuses of a day are held as one bit each, so that a child's day is one small number.
-- term: legal_status: Every legal status recorded of the child.
-- cases: Legal statuses
-- term: legal_status.code: The legal status, such as C2 for a care order.
-- term: legal_status.place_in_list: The place of the status in the order in which they are shown.
-- term: legal_status.start_date: The day on which the status began.
-- term: legal_status.end_date: The day on which the status ended: on that day it is no longer in force.
create or replace temp table legal_status as
select
    child.child_number,
    status.lega_legal_status as code,
    codes.place_in_list,
    status.lega_legal_status_start_date as start_date,
    status.lega_legal_status_end_date as end_date
from ssd_legal_status as status
join child on child.child_id = status.lega_person_id
join codes on codes.code_set = 'legal_status' and codes.code = status.lega_legal_status;

create or replace temp table legal_status_on_day as
select
    reporting_dates.as_at,
    legal_status.child_number,
    bit_or(1 << legal_status.place_in_list) as statuses
from legal_status
join reporting_dates
    on in_force(legal_status.start_date, legal_status.end_date, reporting_dates.as_at)
group by all;

-- Each set of statuses that occurs, spelled out once: the one shown, all of them, and whether they are short breaks only.
create or replace temp table legal_status_set as
select
    sets.statuses,
    arg_min(codes.code, codes.place_in_list) as shown,
    string_agg(codes.code, ', ' order by codes.place_in_list) as all_shown,
    bool_and(list_contains(codes.groups, 'short_breaks')) as short_breaks_only,
    bool_or(list_contains(codes.groups, 'placement_order')) as has_placement_order,
    bool_or(list_contains(codes.groups, 'interim_care_order')) as has_interim_care_order
from (select distinct statuses from legal_status_on_day) as sets
join codes on codes.code_set = 'legal_status' and (sets.statuses & (1 << codes.place_in_list)) != 0
group by sets.statuses;
