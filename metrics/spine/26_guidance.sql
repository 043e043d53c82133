-- What further rules ask about a child: the second review, a placement with parents and its ratification, unaccompanied children, and
-- the papers that were written or sent. (Views: a night whose policies do not ask for them does not pay for them.)

-- The second review's own day, or the earliest for which a review after the first is recorded as due and not held by D.
-- term: second_review_on_day: The first two reviews of the period of care, as far as they have been held, and the day for
--      which the second is recorded as due.
-- term: second_review_on_day.first_review_date: The day of the first review.
-- term: second_review_on_day.second_review_date: The day of the second review; empty until it is held.
-- term: second_review_on_day.expected_date: The day of the second review; until it is held, the day for which the next
--      review after the first is recorded as due.
create or replace temp view second_review_on_day as
with review_due as (
    select
        held_review.child_number,
        held_review.cla_id,
        recorded.clar_cla_review_due_date as due_date,
        recorded.clar_cla_review_date as held_date
    from held_review
    join ssd_cla_reviews as recorded
        on recorded.clar_cla_id = held_review.cla_id
        and not coalesce(recorded.clar_cla_review_cancelled, false)
        and recorded.clar_cla_review_due_date > held_review.review_date
    where held_review.review_number = 1
),

reviewed as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        spine.entered_care,
        min(held_review.review_date) filter (where held_review.review_number = 1) as first_review_date,
        min(held_review.review_date) filter (where held_review.review_number = 2) as second_review_date
    from spine
    left join held_review
        on held_review.child_number = spine.child_number
        and held_review.cla_id = spine.cla_id
        and held_review.review_number <= 2
        and held_review.review_date <= spine.as_at
    group by all
),

expected as (
    select
        reviewed.as_at,
        reviewed.child_number,
        min(review_due.due_date) as due_date
    from reviewed
    join review_due
        on review_due.child_number = reviewed.child_number
        and review_due.cla_id = reviewed.cla_id
        and (review_due.held_date is null or review_due.held_date > reviewed.as_at)
    where reviewed.first_review_date is not null
        and reviewed.second_review_date is null
    group by all
)

select
    reviewed.*,
    coalesce(reviewed.second_review_date, expected.due_date) as expected_date
from reviewed
left join expected using (as_at, child_number);

-- The plan that the second review had before it: one that had ended by then was none, and one that the data loads around the review showed was
-- there though it was typed again later. Until the review is held, the plan on D.
-- term: plan_by_second_review_on_day: The second review, with the plan that it has before it.
-- term: plan_by_second_review_on_day.*: the columns of second_review_on_day
-- term: plan_by_second_review_on_day.plan_date: Since when the child has had a plan with an option, where there was one at the second review,
--      begun so many days before it or earlier, and not ended before its day; else the day on which the next began. Until the review is held, where
--      there is one on the reporting date.
create or replace temp macro plan_by_second_review_on_day(_days_before) as table
with plan_stretch as (
    select
        child_number,
        entered_care,
        start_date as first_date,
        ran_until as last_date
    from ticked_plan
    union all
    -- Seen on a night before the review and on one after it, with no night between that showed none.
    select
        child_number,
        entered_care,
        first_night,
        case when next_night - last_night <= 28 and not exists (
            select 1
            from observed_shown as blank
            where blank.child_number = stretch.child_number
                and len(blank.options) = 0
                and blank.first_night between stretch.last_night and stretch.next_night
        ) then next_night else last_night end
    from observed_in_care as stretch
),

at_review as (
    select
        reviewed.as_at,
        reviewed.child_number,
        bool_or(
            stretch.first_date <= reviewed.second_review_date - _days_before::integer
            and coalesce(stretch.last_date >= reviewed.second_review_date, true)
        ) as planned,
        min(stretch.first_date) filter (
            where stretch.first_date > reviewed.second_review_date - _days_before::integer
        ) as next_date
    from second_review_on_day as reviewed
    join plan_stretch as stretch
        on stretch.child_number = reviewed.child_number
        and stretch.entered_care = reviewed.entered_care
        and stretch.first_date <= reviewed.as_at
    where reviewed.second_review_date is not null
    group by all
)

select
    reviewed.*,
    case
        when at_review.planned or (reviewed.second_review_date is null and len(spine.options) > 0)
            then case when first_plan.first_date is not null then greatest(first_plan.first_date, reviewed.entered_care) end
        else at_review.next_date
    end as plan_date
from second_review_on_day as reviewed
join spine using (as_at, child_number)
left join first_plan_on_day as first_plan using (as_at, child_number)
left join at_review using (as_at, child_number);

-- term: second_review_by: The latest day for the second review: its own day; until it is held, so many months after the first, which is
--      itself due within so many working days of entry to care.
create or replace temp macro second_review_by(_entered_care, _first_review, _second_review, _first_working_days, _second_months) as
    coalesce(
        _second_review,
        months_after(coalesce(_first_review, working_days_after(_entered_care, _first_working_days)), _second_months)
    );

-- Children in care who live with their parents under a care order, and whether the Permanence Panel has ratified it: a panel held, or an
-- approval that the panel decided, by the council's own words for it, for this home or naming none, from six months before the move on.
-- term: with_parents_on_day: Children who live with their parents under a care order, and when the Permanence Panel
--      ratified the placement.
-- term: with_parents_on_day.moved_in: The day of the move to the parents; entry to care if that is later.
-- term: with_parents_on_day.ratified_date: The first day, from six months before the move on, on which a Permanence Panel
--      was held or the panel approved a placement with parents, this one or none named.
-- term: with_parents_on_day.last_ratified_date: The last such day.
-- term: with_parents_on_day.approved_by: Who approved the placement with parents, where that was not the panel.
create or replace temp macro with_parents_on_day(_approvers) as table
with at_home as (
    select
        spine.as_at,
        spine.child_number,
        lived_in.home_number,
        lived_in.home_start as moved_in
    from spine
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = spine.placement_type
        and list_contains(codes.groups, 'with_parents')
    join order_on_day as orders using (as_at, child_number)
    join home_on_day as lived_in using (as_at, child_number)
    where orders.care_order is not null
),

approval as (
    select
        child.child_number,
        recorded.decided_date,
        recorded.decided_by,
        decided_by_role(recorded.decided_by, _approvers) as by_panel,
        recorded.placement_id,
        home.home_number
    from local_approvals as recorded
    join child on child.child_id = recorded.person_id
    left join placement
        on placement.child_number = child.child_number and placement.placement_id = recorded.placement_id
    left join home_placement as home
        on home.child_number = child.child_number and home.placement_row = placement.placement_row
    where recorded.approval_type = 'PLACED_WITH_PARENTS'
        and recorded.decision = 'APPROVED'
        and recorded.decided_date is not null
),

looked_at as (
    select child_number, meeting_date as seen_date, true as by_panel, null as decided_by, null as home_number, false as names_placement
    from held_meeting
    where meeting_type = 'PERMANENCE_PANEL'
    union all
    select child_number, decided_date, by_panel, who_decided(decided_by), home_number, placement_id is not null
    from approval
)

select
    at_home.as_at,
    at_home.child_number,
    at_home.moved_in,
    min(looked_at.seen_date) filter (where looked_at.by_panel) as ratified_date,
    max(looked_at.seen_date) filter (where looked_at.by_panel) as last_ratified_date,
    arg_max(looked_at.decided_by, (looked_at.seen_date, looked_at.decided_by)) filter (where not looked_at.by_panel) as approved_by
from at_home
left join looked_at
    on looked_at.child_number = at_home.child_number
    and looked_at.seen_date between months_after(at_home.moved_in, -6) and at_home.as_at
    and (not looked_at.names_placement or looked_at.home_number = at_home.home_number)
group by all;

-- Adoption as an option that is explored: by a referral, a viability assessment or an assessment of this period of care, until it is closed.
-- term: adoption_explored_on_day: Children for whom adoption is explored as an option, in this period of care and not closed.
-- term: adoption_explored_on_day.since: The first step of an option that is not closed.
create or replace temp view adoption_explored_on_day as
select
    spine.as_at,
    spine.child_number,
    min(least(recorded.referral_date, recorded.viability_date, recorded.assessment_start_date)) as since
from spine
join local_permanence_options as recorded
    on recorded.person_id = spine.child_id
    and recorded.option_type = 'ADOPTION'
    and least(recorded.referral_date, recorded.viability_date, recorded.assessment_start_date)
        between spine.entered_care and spine.as_at
    and coalesce(recorded.closed_date > spine.as_at, true)
group by all;

-- Unaccompanied children in care: an immigration status in force that says so, or the need that the episode of care records.
-- term: unaccompanied_on_day: Unaccompanied children in care: an immigration status in force says so, or the need that the
--      episode of care records is absent parenting (N8).
-- term: unaccompanied_on_day.immigration_status: The immigration status in force that says so; empty where only the need does.
create or replace temp view unaccompanied_on_day as
with saying_so as (
    select
        spine.as_at,
        spine.child_number,
        arg_max(
            recorded.immi_immigration_status,
            (
                coalesce(recorded.immi_immigration_status_start_date, date '0001-01-01'),
                length(recorded.immi_immigration_status_id),
                recorded.immi_immigration_status_id
            )
        ) as immigration_status
    from spine
    join ssd_immigration_status as recorded
        on recorded.immi_person_id = spine.child_id
        and in_force(
            coalesce(recorded.immi_immigration_status_start_date, date '0001-01-01'),
            recorded.immi_immigration_status_end_date,
            spine.as_at
        )
    where regexp_matches(lower(recorded.immi_immigration_status), 'uasc|unaccompanied')
    group by all
)

select
    spine.as_at,
    spine.child_number,
    saying_so.immigration_status
from spine
left join saying_so using (as_at, child_number)
left join ssd_cla_episodes as episode on episode.rowid = spine.episode_row
where saying_so.child_number is not null
    or episode.clae_cla_primary_need_code = 'N8';

-- Documents that were written or sent, one row each.
-- term: document: Documents that were written, and who was sent them.
-- term: document.document_type: The kind of document.
-- term: document.about_date: The day of the meeting, review or hearing that it is for, where that is recorded.
-- term: document.sent_date: The day on which it was sent, or written where it is sent to nobody.
-- term: document.sent_to: The role that it was sent to.
create or replace temp view document as
select
    child.child_number,
    recorded.document_type,
    recorded.about_date,
    recorded.sent_date,
    recorded.sent_to
from local_documents as recorded
join child on child.child_id = recorded.person_id
where recorded.sent_date is not null;

-- Children waiting for a match with long-term carers. Who is of an age at which a review can ratify, and lives in the home that is to be
-- ratified, waits for that instead.
-- term: awaiting_long_term_match: Children with the option in their plan who have no long-term match, and do not wait for the
--      ratification of the home that they live in.
-- term: awaiting_long_term_match.since: Since when the child has waited: the day the option became the plan, or that family
--      finding started, if that is earlier.
-- term: awaiting_long_term_match.recorded_since: The same by the plans' own dates.
-- term: awaiting_long_term_match.observed_since: The same by the data loads that showed the option.
-- term: awaiting_long_term_match.finding_since: The day on which family finding started in this period of care.
create or replace temp macro awaiting_long_term_match(_option, _ratified_by_review_age) as table
with finding_on_day as (
    select
        spine.as_at,
        spine.child_number,
        min(recorded.family_finding_start_date) as since
    from long_term_match as recorded
    join spine
        on spine.child_number = recorded.child_number
        and recorded.family_finding_start_date between spine.entered_care and spine.as_at
        and coalesce(least(recorded.ended_date, recorded.left_date) > spine.as_at, true)
    group by all
)

select
    spine.as_at,
    spine.child_number,
    least(option_clock.since, finding_on_day.since) as since,
    least(option_clock.recorded_since, finding_on_day.since) as recorded_since,
    case
        when option_clock.observed_since is not null then least(option_clock.observed_since, finding_on_day.since)
    end as observed_since,
    finding_on_day.since as finding_since
from option_clock
join spine using (as_at, child_number)
left join finding_on_day using (as_at, child_number)
where option_clock.option = _option
    and spine.long_term_match_date is null
    and not coalesce(spine.age >= _ratified_by_review_age and spine.placement_long_term_foster, false);

-- Younger children who have moved so often in this period of care, and the move that reached the number.
-- term: moves_reached_on_day: Children under an age who have moved so many times or more in this period of care.
-- term: moves_reached_on_day.placement_moves: How often the child has moved.
-- term: moves_reached_on_day.move_date: The day of the move that reached the number.
create or replace temp macro moves_reached_on_day(_moves, _under_age) as table
select
    spine.as_at,
    spine.child_number,
    spine.placement_moves,
    placement_move.start_date as move_date
from spine
join placement_move
    on placement_move.child_number = spine.child_number
    and placement_move.cla_id is not distinct from spine.cla_id
    and placement_move.start_date > spine.entered_care
    and placement_move.start_date <= spine.as_at
where spine.age < _under_age
    and spine.placement_moves >= _moves
qualify row_number() over (
    partition by spine.as_at, spine.child_number
    order by placement_move.start_date
) = _moves;

-- Children who drift, by either of the guidance's two signs, with a row for each sign.
-- term: drift_on_day: Children under an age who have moved so often, and those under a placement order for so long with no match, a row
--      for each of the two that is so.
-- term: drift_on_day.since: The day of the move that reached the number, or on which the order had lasted so long.
-- term: drift_on_day.what: Which of the two it is, in words.
create or replace temp macro drift_on_day(_moves, _under_age, _order_months) as table
select
    as_at,
    child_number,
    move_date as since,
    placement_moves || ' moves' as what
from moves_reached_on_day(_moves, _under_age)
union all
select
    as_at,
    child_number,
    months_after(placement_order_since, _order_months),
    'placement order for ' || _order_months || ' months, not matched'
from spine
where placement_order_since is not null
    and adoption_match_date is null
    and not placement_adoptive
    and months_after(placement_order_since, _order_months) <= as_at;

-- Children in care whose plan still needs a contingency.
-- term: permanence_not_attained_on_day: Children in care who are not placed for adoption, and have neither a ratified long-term match nor a
--      placement with parents that the panel ratified.
create or replace temp macro permanence_not_attained_on_day(_approvers) as table
select spine.as_at, spine.child_number
from spine
left join with_parents_on_day(_approvers) as with_parents
    on with_parents.as_at = spine.as_at
    and with_parents.child_number = spine.child_number
where not spine.long_term_match_ratified
    and not spine.placement_adoptive
    and with_parents.ratified_date is null;

-- Changes of this period of care that ask for a planning meeting, whether it was held or not.
-- term: planning_trigger_on_day: Children in care with each move or change that asks for a planning meeting: a placement move, a change of
--      circumstances, a change of the plan's options, the outcome of a full assessment, or proceedings that passed so many weeks.
-- term: planning_trigger_on_day.change_date: The day of the change.
-- term: planning_trigger_on_day.answered_from: The first day on which a meeting answers it: its own; of a plan, so many days before.
-- term: planning_trigger_on_day.what: Which change it is, in words.
create or replace temp macro planning_trigger_on_day(_proceedings_weeks, _days_before_plan) as table
with change as (
    select
        child_number,
        cla_id,
        null::date as entered_care,
        start_date as change_date,
        start_date as answered_from,
        'placement move' as what
    from placement_move
    union all
    select
        child.child_number,
        null,
        null,
        event.event_date,
        event.event_date,
        'change of circumstances'
    from local_events as event
    join child on child.child_id = event.person_id
    where event.event_type = 'CHANGE_OF_CIRCUMSTANCES'
    union all
    select
        child_number,
        null,
        entered_care,
        greatest(start_date, entered_care),
        greatest(start_date - _days_before_plan::integer, entered_care),
        'change of plan'
    from ticked_plan
    where options_before is not null
        and list_sort(options) != list_sort(options_before)
    union all
    select
        child.child_number,
        null,
        null,
        explored.assessment_end_date,
        explored.assessment_end_date,
        'outcome of an assessment'
    from local_permanence_options as explored
    join child on child.child_id = explored.person_id
    where explored.assessment_outcome is not null
    union all
    select
        child.child_number,
        null,
        null,
        proceedings.issued_date + _proceedings_weeks::integer * 7,
        proceedings.issued_date + _proceedings_weeks::integer * 7,
        'proceedings passed ' || _proceedings_weeks || ' weeks'
    from local_care_proceedings as proceedings
    join child on child.child_id = proceedings.person_id
    where proceedings.concluded_date is null
        or proceedings.concluded_date > proceedings.issued_date + _proceedings_weeks::integer * 7
)

select
    spine.as_at,
    spine.child_number,
    change.change_date,
    change.answered_from,
    change.what
from spine
join change
    on change.child_number = spine.child_number
    and change.change_date between spine.entered_care and spine.as_at
    and (change.entered_care is null or change.entered_care = spine.entered_care)
where change.what != 'placement move'
    or (change.change_date > spine.entered_care and change.cla_id is not distinct from spine.cla_id);

-- When an earlier period of care ended: what was planned in it was about another time.
-- term: earlier_care_on_day: Children in care who have been in care before.
-- term: earlier_care_on_day.ended_date: The day on which the last earlier period of care ended.
create or replace temp view earlier_care_on_day as
select
    spine.as_at,
    spine.child_number,
    max(episode.clae_cla_episode_ceased_date) as ended_date
from spine
join ssd_cla_episodes as episode
    on episode.clae_person_id = spine.child_id
    and episode.clae_cla_episode_ceased_date <= spine.entered_care
group by all;

-- term: final_meeting_on_day: Children in care and in proceedings for whom a final care planning meeting has been held in this period of care.
-- term: final_meeting_on_day.first_date: The day of the first.
create or replace temp view final_meeting_on_day as
select
    spine.as_at,
    spine.child_number,
    min(meeting.meeting_date) as first_date
from spine
join held_meeting as meeting
    on meeting.child_number = spine.child_number
    and meeting.meeting_type = 'FINAL_CARE_PLANNING'
    and meeting.meeting_date between spine.entered_care and spine.as_at
where spine.in_proceedings
group by all;
