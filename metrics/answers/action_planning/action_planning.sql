-- The Action Planning Tracker: a row a child in care on the day, with the present position and the answers to the six questions.
-- An answer of no is a place on the list of its rule, so that the tracker and the lists cannot disagree.
-- A restricted record has no position: nothing of the extracts is there.
with explored_option as ({options}),

legal_step as ({legal}),

latest_note as (
    select
        person_id,
        note_type,
        arg_max({{note_date: note_date, author: author, words: text}}, (note_date, length(note_id), note_id)) as note
    from local_case_notes
    where note_date <= $as_at
    group by all
),

note as (
    select
        person_id as child_id,
        any_value(note) filter (where note_type = 'CARE_PLAN_SUMMARY') as summary,
        any_value(note) filter (where note_type = 'SUPERVISION') as supervision,
        any_value(note) filter (where note_type = 'MANAGEMENT_DECISION') as decision
    from latest_note
    group by all
),

explored as (
    select
        child_id,
        string_agg(says, '; ' order by begun_date, option_id) as says,
        string_agg(says, '; ' order by begun_date, option_id) filter (where whose is not null and not finished) as unfinished,
        count(*) filter (where whose is not null) as family_options
    from explored_option
    group by all
),

-- The legal track in a line is the step that is still in force, else the last one.
legal as (
    select
        child_id,
        arg_max(says, (to_date is null, from_date, source_row)) as says,
        max(from_date) filter (where step = 'legal planning meeting') as meeting_date,
        max(from_date) filter (where step = 'pre-proceedings') as pre_proceedings_date,
        max(from_date) filter (where step = 'care proceedings') as proceedings_date
    from legal_step
    group by all
),

visited as (
    select
        spine.child_id,
        arg_max(
            {{visit_date: visit.clav_cla_visit_date, seen: visit.clav_cla_visit_seen, alone: visit.clav_cla_visit_seen_alone}},
            (
                visit.clav_cla_visit_date,
                coalesce(visit.clav_cla_visit_seen, true),
                coalesce(cast(visit.clav_cla_visit_seen_alone as integer), -1)
            )
        ) as last_visit
    from spine
    join ssd_cla_visits as visit
        on visit.clav_person_id = spine.child_id
        and visit.clav_cla_visit_date between spine.entered_care and spine.as_at
    where spine.as_at = $as_at
    group by all
),

answered as (
    select
        child_number,
        any_value(detail) filter (where rule = $rules['family_assessments_incomplete'] and on_list) as assessments,
        any_value(detail) filter (where rule = $rules['not_with_long_term_carer'] and on_list) as carer,
        any_value(detail) filter (where rule = $rules['not_secured_legally'] and on_list) as secured,
        any_value(detail) filter (where rule = $rules['no_next_step'] and on_list) as next_step,
        any_value(detail) filter (where rule = $rules['visit_in_time_and_alone'] and on_list) as visit,
        any_value(limit_date) filter (where rule = $rules['visit_in_time_and_alone'] and not on_list) as visit_due,
        any_value(detail) filter (where rule = $rules['entries_inconsistent'] and on_list) as entries
    from listed
    where policy = $policy_id and as_at = $as_at
    group by all
),

position as (
    select
        person.pers_legacy_id as legacy_id,
        person.name,
        listed.age,
        listed.entered_care,
        listed.plan_shown as plan,
        case when listed.plan_shown is not null and has_plan_starts() then plan.lacp_cla_care_plan_start_date end as plan_start,
        case when listed.placement_known then listed.placement_type else 'not known' end as placement,
        listed.placement_start,
        listed.legal_statuses as legal_status,
        note.summary.words as summary,
        note.summary.author as summary_author,
        note.summary.note_date as summary_date,
        $as_at - note.summary.note_date as summary_days,
        note.supervision.words as supervision,
        note.supervision.author as supervision_author,
        note.supervision.note_date as supervision_date,
        $as_at - note.supervision.note_date as supervision_days,
        note.decision.words as decision,
        note.decision.author as decision_author,
        note.decision.note_date as decision_date,
        $as_at - note.decision.note_date as decision_days,
        explored.says as options,
        legal.says as legal_track,
        legal.meeting_date as legal_meeting_date,
        legal.pre_proceedings_date,
        legal.proceedings_date,
        visited.last_visit.visit_date as last_visit_date,
        $as_at - visited.last_visit.visit_date as last_visit_days,
        case
            when visited.last_visit is null then null
            when not coalesce(visited.last_visit.seen, true) then 'not seen'
            when visited.last_visit.alone then 'seen alone'
            when visited.last_visit.alone is null then 'seen; alone not recorded'
            else 'seen, not alone'
        end as last_visit_seen,
        answered.visit_due as next_visit_due,
        answered.assessments is null as assessments_complete,
        case
            when answered.assessments is not null then coalesce(explored.unfinished, answered.assessments)
            when coalesce(explored.family_options, 0) = 0 then 'nobody is recorded as being assessed'
            else explored.family_options || case when explored.family_options = 1 then ' assessment' else ' assessments' end
                || ' complete or closed'
        end as assessments_complete_reason,
        answered.carer is null as with_long_term_carer,
        coalesce(answered.carer, 'with ' || step.home || coalesce(' since ' || strftime(listed.placement_start, '%d/%m/%Y'), ''))
            as with_long_term_carer_reason,
        -- Asked only of those who live with the long-term carer; the next question only of the others.
        case when answered.carer is null then answered.secured is null end as secured_legally,
        case
            when answered.carer is not null then 'does not live with the long-term carer yet: see the next question'
            when answered.secured is not null then 'still to do: ' || array_to_string(step.left_to_secure, ', ')
            else 'nothing is left to do'
        end as secured_legally_reason,
        case when answered.carer is not null then answered.next_step is null end as next_step_under_way,
        case
            when answered.carer is null then 'lives there already'
            when answered.next_step is not null then answered.next_step || '; nothing is under way'
            else 'first: ' || array_to_string(step.must_happen, ', ') || '; under way: ' || array_to_string(step.under_way, ', ')
        end as next_step_under_way_reason,
        answered.visit is null as visited_in_time_and_alone,
        coalesce(answered.visit, 'in time' || coalesce(', next due by ' || strftime(answered.visit_due, '%d/%m/%Y'), ''))
            || coalesce('; last visit ' || strftime(visited.last_visit.visit_date, '%d/%m/%Y'), '; no visit in this period of care')
            as visited_in_time_and_alone_reason,
        answered.entries is null as entries_consistent,
        coalesce(answered.entries, 'plan, placement, legal status and options agree') as entries_consistent_reason,
        listed.child_number
    from spine as listed
    join ssd_person as person on person.rowid = listed.child_number
    join next_step_on_day($negative_outcomes) as step
        on step.as_at = $as_at
        and step.child_number = listed.child_number
    left join ssd_cla_care_plan as plan on plan.rowid = listed.plan_row
    left join note using (child_id)
    left join explored using (child_id)
    left join legal using (child_id)
    left join visited using (child_id)
    left join answered on answered.child_number = listed.child_number
    where listed.as_at = $as_at
)

select
    listed.as_at,
    listed.child_id,
    listed.service,
    listed.team,
    listed.worker,
    position.* exclude (child_number)
from spine as listed
left join position using (child_number)
where listed.as_at = $as_at
    and ($child_id::varchar is null or listed.child_id = $child_id)
order by position.name is null, listed.service, listed.team, listed.worker, length(listed.child_id), listed.child_id, listed.child_number
