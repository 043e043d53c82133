-- From what the rules measured to the lists and the figures, which are the lists' lengths. Whose child each is stands once, in
-- the spine, and not again in every list. What is overdue or due is a list like any other, with the due date as its limit.
insert into measured
select policy, rule, as_at, child_number, since, null as recorded_since, null as observed_since, limit_date, detail
from due
where state in ('overdue', 'due');

create or replace temp view milestone as
select
    due.policy,
    due.rule,
    due.as_at,
    due.child_number,
    known.child_id,
    known.service,
    known.team,
    known.worker,
    due.since,
    due.limit_date,
    due.done_date,
    due.state,
    due.detail
from due
join known_on_day as known using (as_at, child_number);

create or replace temp table listed as
select
    measured.policy,
    measured.rule,
    measured.as_at,
    measured.child_number,
    known.child_id,
    known.service,
    known.team,
    known.worker,
    measured.since,
    measured.recorded_since,
    measured.observed_since,
    measured.limit_date,
    measured.as_at - measured.limit_date as days_over,
    measured.detail
from measured
join known_on_day as known using (as_at, child_number);

create or replace temp table milestone_figure as
select policy, rule, as_at, service, team, state, count(*) as children
from milestone
group by all;

create or replace temp table figure as
select policy, rule, as_at, service, team, count(*) as children
from listed
where days_over >= 0
group by all;

create or replace temp table population as
select as_at, service, team, count(*) as children
from spine
group by all;
