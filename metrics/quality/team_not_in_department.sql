-- The team of the allocated worker is in no row of the teams' extract, by identifier or by name.
select
    'ssd_involvements' as table_name,
    min(involvement.source_row) as source_row,
    min(involvement.invo_involvements_id) as record_id,
    spine.child_id as person_id,
    'The team "' || spine.team || '" of the allocated worker is not in ssd_department.' as message,
    'Add the team to the teams'' extract, or correct the team of the involvement.' as mend
from spine_tonight as spine
join ssd_involvements as involvement
    on involvement.invo_person_id = spine.child_id
    and trim(involvement.invo_professional_team) = spine.team
    and in_force(involvement.invo_involvement_start_date, involvement.invo_involvement_end_date, spine.as_at)
where spine.unknown_team
group by all
