-- Long-term fostering: since when a family is looked for, the match, and whose the placement is.
with on_list as (
    select
        listed.child_id,
        listed.child_number,
        spine.entered_care,
        spine.long_term_match_date,
        spine.placement_row
    from listed
    join spine using (as_at, child_number)
    where listed.policy = $policy_id
        and listed.rule = any($rules::varchar[])
        and listed.as_at = $as_at
),

finding as (
    select
        on_list.child_id,
        min(carer_match.family_finding_start_date) filter (
            where carer_match.family_finding_start_date between on_list.entered_care and $as_at
        ) as family_finding_date
    from on_list
    join local_carer_matches as carer_match
        on carer_match.person_id = on_list.child_id
        and carer_match.match_type = 'LTF'
        and (carer_match.ended_date is null or carer_match.ended_date > $as_at)
        -- Where no match stands, one that was made was of a home that the child has left: the search that led to it is over.
        and (on_list.long_term_match_date is not null or coalesce(carer_match.match_date > $as_at, true))
    group by all
)

select
    on_list.child_id,
    finding.family_finding_date,
    on_list.long_term_match_date as match_date,
    placement.clap_cla_placement_provider as provider,
    placement.clap_cla_placement_start_date as placement_start
from on_list
left join finding using (child_id)
left join ssd_cla_placement as placement on placement.rowid = on_list.placement_row
