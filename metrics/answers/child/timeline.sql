-- One child's record as spans (from, to) and days (from only), for the timeline. Nothing that starts after the day.
with spans as (
    select 'Period of care' as lane, coalesce(clae_cla_episode_start_reason, '') as code, 'episode_start_reason' as code_set,
        clae_cla_episode_start_date as from_date, clae_cla_episode_ceased_date as to_date,
        'ssd_cla_episodes' as table_name, source_row, clae_cla_episode_id as record_id, 1 as lane_order, null as text
    from ssd_cla_episodes
    where clae_person_id = $child_id
    union all
    select 'Legal status', lega_legal_status, 'legal_status', lega_legal_status_start_date, lega_legal_status_end_date,
        'ssd_legal_status', source_row, lega_legal_status_id, 2, lega_legal_status_text
    from ssd_legal_status
    where lega_person_id = $child_id
    union all
    select 'Placement', clap_cla_placement_type, 'placement_type', clap_cla_placement_start_date, clap_cla_placement_end_date,
        'ssd_cla_placement', source_row, clap_cla_placement_id, 3, null
    from ssd_cla_placement
    where clap_person_id = $child_id
    union all
    select 'Plan', null, null, lacp_cla_care_plan_start_date, lacp_cla_care_plan_end_date,
        'ssd_cla_care_plan', source_row, lacp_table_id, 4, coalesce(shown_plan(lacp_options), 'nothing ticked')
    from ssd_cla_care_plan
    where lacp_person_id = $child_id
    union all
    select 'Allocated team', null, null, invo_involvement_start_date, invo_involvement_end_date,
        'ssd_involvements', source_row, invo_involvements_id, 5,
        coalesce(department.team, invo_professional_team, 'No team recorded')
    from ssd_involvements
    semi join allocated_worker_role as role
        on (role.matches = 'contains' and contains(upper(invo_professional_role_id), role.text))
        or (role.matches = 'equals' and upper(trim(invo_professional_role_id)) = role.text)
    left join (
        select dept_team_id, any_value(dept_team_name) as team
        from ssd_department
        group by dept_team_id
    ) as department
        on department.dept_team_id = invo_professional_team
    where invo_person_id = $child_id
    union all
    select 'Review', null, null, clar_cla_review_date, null,
        'ssd_cla_reviews', source_row, clar_cla_review_id, 6,
        case when coalesce(clar_cla_review_cancelled, false) then 'review cancelled' else 'review held' end
    from ssd_cla_reviews
    where clar_cla_id in (select clae_cla_id from ssd_cla_episodes where clae_person_id = $child_id)
    union all
    select 'Meeting', meeting_type, 'meeting_type', meeting_date, null,
        'local_meetings', source_row, meeting_id, 7, lower(coalesce(meeting_status, 'held'))
    from local_meetings
    where person_id = $child_id
    union all
    select 'Match', match_type, 'match_type', match_date, ended_date,
        'local_carer_matches', source_row, match_id, 8, null
    from local_carer_matches
    where person_id = $child_id
    union all
    select 'Adoption', null, null, unnest([perm_adm_decision_date, perm_placement_order_date, perm_matched_date,
            perm_placed_for_adoption_date, perm_decision_reversed_date, perm_permanence_order_date]), null,
        'ssd_permanence', source_row, perm_table_id, 9,
        unnest(['agency decision', 'placement order', 'matched', 'placed for adoption', 'decision reversed', 'permanence order'])
    from ssd_permanence
    where perm_person_id = $child_id
)

select
    spans.lane,
    case
        -- The codes of meetings and matches are the tracker's own, and tell a reader nothing.
        when codes.label is not null and spans.lane = 'Meeting' then codes.label || ' (' || spans.text || ')'
        when codes.label is not null and spans.lane = 'Match' then codes.label
        when codes.label is not null then spans.code || ' ' || codes.label
        else coalesce(spans.text, spans.code, '')
    end as label,
    spans.from_date,
    spans.to_date,
    spans.table_name,
    spans.source_row,
    spans.record_id
from spans
left join codes on codes.code_set = spans.code_set and codes.code = spans.code
where spans.from_date <= $as_at
order by spans.lane_order, spans.from_date, length(spans.record_id), spans.record_id
