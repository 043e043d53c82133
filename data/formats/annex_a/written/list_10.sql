-- List 10: the adoption record of each child in care on the day, and of those who were adopted in the year before it.
with cared_for as (
    select clae_person_id as child, max(clae_entered_care_date) as entered_care
    from ssd_cla_episodes
    where clae_cla_episode_start_date <= $as_at
    group by clae_person_id
    having bool_or(clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $as_at)
        or bool_or(clae_cla_episode_ceased_reason in ('E11', 'E12') and clae_cla_episode_ceased_date > $adopted_from)
)

select
    perm_person_id as child,
    pers_sex as sex,
    pers_ethnicity as ethnicity,
    pers_dob as date_of_birth,
    entered_care,
    case when perm_adm_decision_date <= $as_at then perm_adm_decision_date end as decision,
    case when perm_placement_order_date <= $as_at then perm_placement_order_date end as placement_order,
    case when perm_matched_date <= $as_at then perm_matched_date end as matched,
    case when perm_placed_for_adoption_date <= $as_at then perm_placed_for_adoption_date end as placed,
    case when perm_permanence_order_type = 'Adoption' and perm_permanence_order_date <= $as_at then perm_permanence_order_date end
        as adoption_order,
    case when perm_decision_reversed_date <= $as_at then perm_decision_reversed_date end as reversed,
    perm_decision_reversed_reason as reversed_reason,
    case when perm_placed_ffa_cp_date <= $as_at then perm_placed_ffa_cp_date end as early_permanence
from ssd_permanence
join ssd_person on pers_person_id = perm_person_id
join cared_for on cared_for.child = perm_person_id
where coalesce(perm_adm_decision_date, perm_placement_order_date, perm_matched_date, perm_placed_for_adoption_date) <= $as_at
order by length(perm_person_id), perm_person_id, ssd_permanence.source_row
