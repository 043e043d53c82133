-- The children adopted in the years up to the reporting date, and how long each step took: one row an indicator and child.
-- What a home and a run of placement orders are is the spine's own definition, read over the few children of this question.
with ended as (
    select
        clae_person_id as child_id,
        arg_max(
            {{
                adopted_date: clae_cla_episode_ceased_date,
                cla_id: clae_cla_id,
                start_date: clae_cla_episode_start_date,
                entered_care_date: clae_entered_care_date
            }},
            (clae_cla_episode_ceased_date, length(clae_cla_episode_id), clae_cla_episode_id)
        ) as last_episode
    from ssd_cla_episodes
    where clae_cla_episode_ceased_reason = any($adopted::varchar[])
        and clae_cla_episode_ceased_date <= $as_at
        and months_after(clae_cla_episode_ceased_date, 12 * $years) > $as_at
    group by clae_person_id
),

-- Entered care: as for a child in care, asked of the last episode.
adopted as (
    select
        ended.child_id,
        ended.last_episode.adopted_date as adopted_date,
        coalesce(
            ended.last_episode.entered_care_date,
            arg_max(
                other.clae_entered_care_date,
                (other.clae_cla_episode_start_date, length(other.clae_cla_episode_id), other.clae_cla_episode_id)
            ) filter (where other.clae_entered_care_date is not null),
            min(other.clae_cla_episode_start_date),
            ended.last_episode.start_date
        ) as entered_care
    from ended
    left join ssd_cla_episodes as other
        on other.clae_person_id = ended.child_id
        and other.clae_cla_id = ended.last_episode.cla_id
        and other.clae_cla_episode_start_date < ended.last_episode.adopted_date
    group by ended.child_id, ended.last_episode
),

placement as (
    select
        adopted.child_id as child_number,
        recorded.rowid as placement_row,
        recorded.clap_cla_placement_id as placement_id,
        recorded.clap_cla_placement_start_date as start_date,
        recorded.clap_cla_placement_end_date as end_date,
        recorded.clap_cla_placement_type as placement_type,
        coalesce(list_contains(codes.groups, 'temporary'), false) as temporary,
        recorded.clap_cla_placement_provider as provider,
        recorded.clap_cla_placement_urn as urn,
        recorded.clap_cla_placement_postcode as postcode,
        row_number() over (
            partition by adopted.child_id
            order by
                recorded.clap_cla_placement_start_date,
                length(recorded.clap_cla_placement_id),
                recorded.clap_cla_placement_id
        ) as turn
    from adopted
    join ssd_cla_placement as recorded
        on recorded.clap_person_id = adopted.child_id
        and recorded.clap_cla_placement_start_date < adopted.adopted_date
        and (recorded.clap_cla_placement_end_date is null or recorded.clap_cla_placement_end_date > adopted.entered_care)
    left join codes on codes.code_set = 'placement_type' and codes.code = recorded.clap_cla_placement_type
),

episode as (
    select
        recorded.clae_person_id as child_number,
        recorded.clae_cla_placement_id as placement_id,
        recorded.clae_cla_episode_start_reason as start_reason,
        row_number() over (
            partition by recorded.clae_person_id
            order by recorded.clae_cla_episode_start_date, length(recorded.clae_cla_episode_id), recorded.clae_cla_episode_id
        ) as turn
    from adopted
    join ssd_cla_episodes as recorded
        on recorded.clae_person_id = adopted.child_id
        and recorded.clae_cla_episode_start_date <= $as_at
),

legal_status as (
    select
        adopted.child_id as child_number,
        recorded.lega_legal_status as code,
        recorded.lega_legal_status_start_date as start_date,
        recorded.lega_legal_status_end_date as end_date
    from adopted
    join ssd_legal_status as recorded on recorded.lega_person_id = adopted.child_id
),

home_placement as (
{home_placement}
),

placement_order_run as (
{placement_order_run}
),

-- The home with the adoptive family: that of the last adoptive placement; it began with fostering where the foster carer adopted.
adoptive_home as (
    select
        child_number as child_id,
        max(home_number) as home_number,
        arg_max(home_start, home_number) as home_start,
        arg_max(fostered_there, home_number) as fostered_there
    from home_placement
    where adoptive
    group by all
),

-- Where the record says that the carer adopted and the placements do not: the foster home that led up to the adoptive placement.
foster_home_before as (
    select
        adoptive_home.child_id,
        min(before.home_start) as home_start
    from adoptive_home
    join home_placement as before
        on before.child_number = adoptive_home.child_id
        and before.home_number = adoptive_home.home_number - 1
        and before.foster
        and before.home_end >= adoptive_home.home_start
    where not adoptive_home.fostered_there
    group by all
),

recorded_permanence as (
    select
        adopted.child_id,
        bool_or(coalesce(permanence.perm_adopted_by_carer_flag, false)) as adopted_by_carer,
        max(permanence.perm_placed_ffa_cp_date) filter (
            where permanence.perm_placed_ffa_cp_date between adopted.entered_care and adopted.adopted_date
        ) as early_permanence_date,
        max(permanence.perm_placed_for_adoption_date) filter (
            where permanence.perm_placed_for_adoption_date between adopted.entered_care and adopted.adopted_date
        ) as placed_date,
        max(permanence.perm_placement_order_date) filter (
            where permanence.perm_placement_order_date between adopted.entered_care and adopted.adopted_date
        ) as order_date,
        max(permanence.perm_matched_date) filter (
            where permanence.perm_matched_date between adopted.entered_care and adopted.adopted_date
                and not coalesce(
                    permanence.perm_decision_reversed_date between permanence.perm_matched_date and adopted.adopted_date - 1,
                    false
                )
        ) as match_date
    from adopted
    join ssd_permanence as permanence on permanence.perm_person_id = adopted.child_id
    group by all
),

carer_match as (
    select
        adopted.child_id,
        max(recorded.match_date) as match_date
    from adopted
    join local_carer_matches as recorded
        on recorded.person_id = adopted.child_id
        and recorded.match_type = 'ADOPTION'
        and recorded.match_date between adopted.entered_care and adopted.adopted_date
        and (recorded.ended_date is null or recorded.ended_date >= adopted.adopted_date)
    group by all
),

placement_order as (
    select
        adopted.child_id,
        max(run.since) as order_date
    from adopted
    join placement_order_run as run
        on run.child_number = adopted.child_id
        and run.since between adopted.entered_care and adopted.adopted_date
    group by all
),

-- Whose child it was when last seen in care on a date that the night keeps.
last_team as (
    select
        spine.child_id,
        arg_max({{service: spine.service, team: spine.team, worker: spine.worker}}, spine.as_at) as allocated
    from spine
    semi join adopted on adopted.child_id = spine.child_id
    where spine.as_at <= $as_at
    group by all
),

steps as (
    select
        adopted.child_id,
        adopted.adopted_date,
        adopted.entered_care,
        coalesce(
            case when permanence.adopted_by_carer then foster_home_before.home_start end,
            adoptive_home.home_start,
            case when permanence.adopted_by_carer then permanence.early_permanence_date end,
            permanence.placed_date
        ) as moved_in_date,
        coalesce(placement_order.order_date, permanence.order_date) as order_date,
        greatest(permanence.match_date, carer_match.match_date) as match_date
    from adopted
    left join adoptive_home using (child_id)
    left join foster_home_before using (child_id)
    left join recorded_permanence as permanence using (child_id)
    left join carer_match using (child_id)
    left join placement_order using (child_id)
),

timed as (
    select
        'entry_to_adoptive_family' as indicator,
        child_id,
        adopted_date,
        entered_care as from_date,
        moved_in_date as to_date,
        case when moved_in_date is null then 'no day of moving in recorded' end as left_out,
        null as remark
    from steps
    union all
    select
        'order_to_match' as indicator,
        child_id,
        adopted_date,
        order_date as from_date,
        match_date as to_date,
        case
            when order_date is null then 'no placement order'
            when match_date is null then 'no match recorded'
        end as left_out,
        case when match_date < order_date then 'the match came first' end as remark
    from steps
),

listed as (
    select
        timed.*,
        coalesce(last_team.allocated.service, $not_known) as service,
        coalesce(last_team.allocated.team, $not_known) as team,
        coalesce(last_team.allocated.worker, $not_known) as worker
    from timed
    left join last_team using (child_id)
    where timed.indicator = $indicator
)

select
    person.rowid as child_number,
    listed.child_id,
    listed.service,
    listed.team,
    listed.worker,
    listed.adopted_date,
    year(listed.adopted_date) - (month(listed.adopted_date) < 4)::integer as adopted_in,
    listed.from_date,
    listed.to_date,
    case when listed.left_out is null then greatest(listed.to_date - listed.from_date, 0) end as days,
    case when listed.left_out is null then listed.to_date <= months_after(listed.from_date, $threshold_months) end as in_time,
    coalesce(listed.left_out, listed.remark) as note
from listed
join ssd_person as person on person.pers_person_id = listed.child_id
