-- From what the rules measured to the lists and the figures, which are the lists' lengths, for the rules of ``rule_now``. Whose child
-- each is stands once, in the spine, and not again in every list. What is overdue or due is a list like any other, with the due date
-- as its limit. Of a child whose age is known it is told here, once, whether the limit comes when the child is an adult; and what a list
-- says of a child on the day, so that a page that shows a list reads one table.
insert into measured
select
    policy,
    rule,
    as_at,
    child_number,
    since,
    null as recorded_since,
    null as observed_since,
    limit_date,
    -- What began before the policy or the records is on no list and never will be.
    case when state in ('overdue', 'due') then limit_date end as listed_from,
    case when state not in ('overdue', 'due') then state end as backlog,
    case
        when state in ('overdue', 'due') then detail
        else coalesce(detail || '; ', '') || coalesce('done on ' || strftime(done_date, '%d/%m/%Y'), 'not done')
    end as detail
from due
semi join rule_now using (policy, rule)
where state in ('overdue', 'due', 'before the policy', 'before the records');

insert into listed
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
    measured.as_at >= measured.listed_from as on_list,
    measured.backlog,
    coalesce(age_in_years(person.pers_dob, measured.limit_date) >= 18, false) as adult_by_limit,
    measured.detail,
    age_in_years(person.pers_dob, measured.as_at) as age,
    spine.plan_shown,
    spine.legal_statuses,
    case
        when person.rowid is null then null
        when spine.child_number is null then 'not in care'
        when spine.placement_known then spine.placement_type
        else 'not known'
    end as placement,
    spine.last_review_date
from measured
join known_on_day as known using (as_at, child_number)
left join spine using (as_at, child_number)
left join ssd_person as person on person.rowid = measured.child_number;

insert into milestone_figure
select policy, rule, as_at, service, team, state, count(*) as children
from milestone
semi join rule_now using (policy, rule)
group by all;

insert into figure
select policy, rule, as_at, service, team, worker, count(*) as children
from listed
semi join rule_now using (policy, rule)
where on_list
group by all;

-- Of a list, those on it; of a milestone, those that it cannot judge. Who is still to come is not on either.
insert into backlog_figure
select policy, rule, as_at, service, team, worker, backlog, count(*) as children
from listed
semi join rule_now using (policy, rule)
where backlog is not null and on_list is distinct from false
group by all;
