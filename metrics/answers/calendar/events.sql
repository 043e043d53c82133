-- What is coming for everybody, a row each: the dates that a court has set, what has to be done before them, reviews, meetings that are
-- booked, births expected, and what a rule asks for by a day. Of what a rule asks for, what is overdue too.
with rule_kind as (
    select
        entry.policy,
        entry.rule,
        entry.kind,
        entry.title
    from (select unnest($rules::struct(policy varchar, rule varchar, kind varchar, title varchar)[]) as entry)
),

in_court as (
    select
        proceedings.*,
        coalesce(proceedings.proceedings_id, proceedings.source_row::varchar) as record_id
    from local_care_proceedings as proceedings
    where in_force(proceedings.issued_date, proceedings.concluded_date, $as_at)
),

-- A hearing that stands in two columns is one hearing. Words that were typed stand in the detail, which no restricted record keeps.
hearing as (
    select
        record_id,
        person_id,
        hearing_date,
        arg_min(hearing, place) as hearing,
        min(place) as place,
        concat_ws('; ', max(typed), max(court)) as detail
    from (
        select record_id, person_id, first_hearing_date as hearing_date, 'First hearing' as hearing, 1 as place, null as typed, court
        from in_court
        union all
        select record_id, person_id, issues_resolution_hearing_date, 'Issues resolution hearing', 2, null, court
        from in_court
        union all
        select record_id, person_id, final_hearing_date, 'Final hearing', 3, null, court
        from in_court
        union all
        select record_id, person_id, next_hearing_date, 'Next hearing', 4, next_hearing_type, court
        from in_court
    )
    where hearing_date >= $as_at
    group by record_id, person_id, hearing_date
),

held as (
    select
        meeting.person_id,
        meeting.meeting_type,
        meeting.meeting_date
    from local_meetings as meeting
    where coalesce(meeting.meeting_status, 'HELD') = 'HELD'
        and meeting.meeting_date <= $as_at
),

booked as (
    select
        coalesce(meeting.meeting_id, meeting.source_row::varchar) as record_id,
        meeting.person_id,
        meeting.meeting_type,
        meeting.meeting_date,
        meeting.chair,
        codes.label
    from local_meetings as meeting
    join codes
        on codes.code_set = 'meeting_type'
        and codes.code = meeting.meeting_type
    where meeting.meeting_status = 'BOOKED'
        and meeting.meeting_date >= $as_at
),

period as (
    select
        as_at,
        child_number,
        child_id,
        cla_id,
        entered_care,
        options
    from spine
    where as_at = $as_at
),

review_held as (
    select distinct
        period.child_id,
        review.clar_cla_review_date as review_date
    from period
    join ssd_cla_reviews as review on review.clar_cla_id = period.cla_id
    where review.clar_cla_review_date <= $as_at
        and not coalesce(review.clar_cla_review_cancelled, false)
),

review_to_come as (
    select
        period.child_id,
        any_value(coalesce(review.clar_cla_review_id, review.source_row::varchar)) as record_id,
        coalesce(review.clar_cla_review_date, review.clar_cla_review_due_date) as review_date,
        bool_or(review.clar_cla_review_date is not null) as has_day
    from period
    join ssd_cla_reviews as review on review.clar_cla_id = period.cla_id
    where (review.clar_cla_review_date is null or review.clar_cla_review_date > $as_at)
        and coalesce(review.clar_cla_review_date, review.clar_cla_review_due_date) is not null
        and not coalesce(review.clar_cla_review_cancelled, false)
    group by all
),

first_planning as (
    select
        period.child_id,
        min(held.meeting_date) as meeting_date
    from period
    join held
        on held.person_id = period.child_id
        and held.meeting_type = 'PPM'
        and held.meeting_date >= period.entered_care
    group by all
),

-- The second review of the period of care is the one for which the minutes of the first planning meeting are sent.
minutes_wanted as (
    select
        review_to_come.record_id,
        review_to_come.child_id,
        review_to_come.review_date,
        first_planning.meeting_date
    from review_to_come
    join first_planning using (child_id)
    where (select supplied from supplied where table_name = 'local_documents')
        and (select count(*) from review_held where review_held.child_id = review_to_come.child_id) = 1
        and not exists (
            from local_documents as document
            where document.person_id = review_to_come.child_id
                and document.document_type = 'PPM_MINUTES'
                and document.sent_to = 'IRO'
                and document.sent_date between first_planning.meeting_date and $as_at
        )
),

-- What has to be done before a court's date or the second review, where no rule in use asks for it itself ($steps).
court_step as (
    select
        in_court.record_id || ' plan' as record_id,
        in_court.person_id,
        in_court.final_evidence_due_date as event_date,
        'Final care planning meeting' as what,
        'before the final evidence is filed on ' || strftime(in_court.final_evidence_due_date, '%d/%m/%Y') as detail,
        min(booked.meeting_date) filter (where booked.meeting_date <= in_court.final_evidence_due_date) as booked_date
    from in_court
    left join booked
        on booked.person_id = in_court.person_id
        and booked.meeting_type = 'FINAL_CARE_PLANNING'
    where in_court.final_evidence_due_date >= $as_at
        and list_contains($steps::varchar[], 'final_care_planning_meeting')
        and (select supplied from supplied where table_name = 'local_meetings')
        and not exists (
            from held
            where held.person_id = in_court.person_id
                and held.meeting_type = 'FINAL_CARE_PLANNING'
                and held.meeting_date >= in_court.issued_date
        )
    group by all
    union all
    select
        in_court.record_id || ' decision',
        in_court.person_id,
        in_court.issues_resolution_hearing_date - 1,
        'Agency decision',
        'before the issues resolution hearing on ' || strftime(in_court.issues_resolution_hearing_date, '%d/%m/%Y'),
        (
            select min(booked.meeting_date)
            from booked
            where booked.person_id = in_court.person_id
                and booked.meeting_type = 'ADM_DECISION'
                and booked.meeting_date < in_court.issues_resolution_hearing_date
        )
    from in_court
    join period on period.child_id = in_court.person_id
    where in_court.issues_resolution_hearing_date > $as_at
        and list_contains(period.options, 'adoption')
        and (select supplied from supplied where table_name = 'ssd_permanence')
        and not exists (
            from ssd_permanence as decision
            where decision.perm_person_id = in_court.person_id
                and decision.perm_adm_decision_date >= period.entered_care
                and in_force(decision.perm_adm_decision_date, decision.perm_decision_reversed_date, $as_at)
        )
    union all
    select
        in_court.record_id || ' review',
        in_court.person_id,
        in_court.issues_resolution_hearing_date - 1,
        'Review of the final care plan',
        'before the issues resolution hearing on ' || strftime(in_court.issues_resolution_hearing_date, '%d/%m/%Y'),
        (
            select min(review_to_come.review_date)
            from review_to_come
            where review_to_come.child_id = in_court.person_id
                and review_to_come.has_day
                and review_to_come.review_date < in_court.issues_resolution_hearing_date
        )
    from in_court
    join period on period.child_id = in_court.person_id
    where in_court.issues_resolution_hearing_date > $as_at
        and list_contains($steps::varchar[], 'review_before_hearing')
        and (select supplied from supplied where table_name = 'ssd_cla_reviews')
        and not exists (
            from review_held
            where review_held.child_id = in_court.person_id
                and review_held.review_date >= in_court.issues_resolution_hearing_date - 42
        )
        and not exists (
            from held
            where held.person_id = in_court.person_id
                and held.meeting_type = 'IRH_REVIEW'
                and held.meeting_date >= in_court.issues_resolution_hearing_date - 42
        )
    union all
    select
        minutes_wanted.record_id || ' minutes',
        minutes_wanted.child_id,
        working_days_before(minutes_wanted.review_date, 5),
        'Minutes of the planning meeting to the reviewing officer',
        '5 working days before the second review on ' || strftime(minutes_wanted.review_date, '%d/%m/%Y')
            || '; meeting held on ' || strftime(minutes_wanted.meeting_date, '%d/%m/%Y'),
        null
    from minutes_wanted
    where list_contains($steps::varchar[], 'paper_before_second_review')
),

event as (
    select
        'hearing' as kind,
        record_id || ' hearing ' || place as record_id,
        person_id as child_id,
        hearing_date as event_date,
        hearing as what,
        detail,
        null::date as booked_date,
        '' as policy,
        false as overdue
    from hearing
    union all
    select
        'evidence', record_id || ' evidence', person_id, final_evidence_due_date, 'Final evidence due', court, null, '', false
    from in_court
    where final_evidence_due_date >= $as_at
    union all
    -- By the close of the day by which it should have been done, it is overdue.
    select 'court_step', record_id, person_id, event_date, what, detail, booked_date, '', event_date <= $as_at
    from court_step
    union all
    select
        'review',
        record_id,
        child_id,
        review_date,
        case when has_day then 'Review booked' else 'Review due' end,
        null,
        case when has_day then review_date end,
        '',
        review_date <= $as_at
    from review_to_come
    union all
    select 'booked', record_id, person_id, meeting_date, label, nullif('chair: ' || chair, 'chair: '), meeting_date, '', false
    from booked
    union all
    select
        rule_kind.kind,
        milestone.rule || ' ' || milestone.since,
        milestone.child_id,
        milestone.limit_date,
        rule_kind.title,
        milestone.detail,
        null,
        milestone.policy,
        milestone.state = 'overdue'
    from milestone
    join rule_kind using (policy, rule)
    where milestone.as_at = $as_at
        and milestone.state in ('due', 'overdue')
        and milestone.limit_date is not null
    -- What two policies ask for in the same words by the same day is one thing to do.
    qualify row_number() over (
        partition by milestone.child_id, rule_kind.kind, rule_kind.title, milestone.limit_date
        order by milestone.policy, milestone.rule
    ) = 1
    union all
    select 'birth', 'birth', pers_person_id, pers_expected_dob, 'Expected date of birth', null, null, '', false
    from ssd_person
    where pers_expected_dob >= $as_at
        and pers_dob is null
        and pers_death_date is null
)

select
    $as_at::date as as_at,
    event.kind,
    event.record_id,
    person.rowid as child_number,
    event.child_id,
    coalesce(known.service, 'No service recorded') as service,
    coalesce(known.team, 'No team recorded') as team,
    coalesce(known.worker, 'No worker recorded') as worker,
    event.event_date,
    case when event.overdue then 'overdue' when event.booked_date is not null then 'booked' else 'to come' end as state,
    event.what,
    event.detail,
    event.booked_date,
    event.policy
from event
join ssd_person as person on person.pers_person_id = event.child_id
left join known_on_day as known
    on known.as_at = $as_at
    and known.child_id = event.child_id
where event.event_date <= $until
