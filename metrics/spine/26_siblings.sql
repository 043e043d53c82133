-- Brothers and sisters: children of one family of the extract of families; a child whom it has not, by the mother. (Views: a night whose
-- policies do not ask for them does not pay for them.)
-- term: family_member: Everybody whose family is known: by the extract of families, else by the mother.
-- term: family_member.person_id: The person's identifier in the case system.
-- term: family_member.family: The family, in a word and its number; of a child who is in no family, that of the mother's other children,
--      or the mother.
create or replace temp view family_member as
with family as (
    select
        fami_person_id as person_id,
        arg_min(fami_family_id, (length(fami_family_id), fami_family_id)) as family_id
    from ssd_family
    group by fami_person_id
),

mother as (
    select
        moth_childs_person_id as person_id,
        arg_min(moth_person_id, (length(moth_person_id), moth_person_id)) as mother_id
    from ssd_mother
    where moth_person_id is not null
    group by moth_childs_person_id
),

family_of_mother as (
    select
        mother.mother_id,
        arg_min(family.family_id, (length(family.family_id), family.family_id)) as family_id
    from mother
    join family using (person_id)
    group by mother.mother_id
)

select
    coalesce(family.person_id, mother.person_id) as person_id,
    coalesce(
        'family ' || family.family_id,
        'family ' || family_of_mother.family_id,
        'mother ' || mother.mother_id
    ) as family
from family
full join mother using (person_id)
left join family_of_mother on family_of_mother.mother_id = mother.mother_id;

-- Each pair of brothers and sisters who are in care on D, and whether they live in one home: at the same provider, URN and postcode.
-- Not known where a postcode is not.
-- term: sibling_on_day: Each child in care with each brother or sister who is in care too.
-- term: sibling_on_day.other_number: The brother or sister, by number.
-- term: sibling_on_day.together: Whether they live in one home; empty where it is not known.
-- term: sibling_on_day.since: Since when both have lived where they live now.
create or replace temp view sibling_on_day as
with living as (
    select
        spine.as_at,
        spine.child_number,
        family_member.family,
        placement.clap_cla_placement_provider as provider,
        placement.clap_cla_placement_urn as urn,
        placement.clap_cla_placement_postcode as postcode,
        coalesce(home_on_day.home_start, spine.entered_care) as home_start
    from spine
    join family_member on family_member.person_id = spine.child_id
    left join ssd_cla_placement as placement on placement.rowid = spine.placement_row
    left join home_on_day using (as_at, child_number)
)

select
    one.as_at,
    one.child_number,
    other.child_number as other_number,
    case
        when one.postcode is null or other.postcode is null then null
        else one.postcode = other.postcode
            and one.provider is not distinct from other.provider
            and one.urn is not distinct from other.urn
    end as together,
    greatest(one.home_start, other.home_start) as since
from living as one
join living as other
    on other.as_at = one.as_at
    and other.family = one.family
    and other.child_number != one.child_number;

-- term: with_siblings_on_day: Children in care with a brother or sister who is in care or was adopted.
-- term: with_siblings_on_day.in_care: How many brothers and sisters are in care.
-- term: with_siblings_on_day.adopted: How many were adopted from care, by the reasons given.
create or replace temp macro with_siblings_on_day(_adopted) as table
with adopted as (
    select distinct
        family_member.family,
        episode.clae_person_id as person_id,
        episode.clae_cla_episode_ceased_date as adopted_date
    from ssd_cla_episodes as episode
    join family_member on family_member.person_id = episode.clae_person_id
    where list_contains(_adopted, episode.clae_cla_episode_ceased_reason)
)

select
    spine.as_at,
    spine.child_number,
    count(distinct in_care.other_number) as in_care,
    count(distinct adopted.person_id) as adopted
from spine
left join sibling_on_day as in_care using (as_at, child_number)
left join family_member as own on own.person_id = spine.child_id
left join adopted
    on adopted.family = own.family
    and adopted.person_id != spine.child_id
    and adopted.adopted_date <= spine.as_at
where in_care.other_number is not null or adopted.person_id is not null
group by all;

-- term: last_sibling_assessment_on_day: The last assessment of whether a child in care should live with brothers and sisters, of this period
--      of care. Two of one day may say different things.
-- term: last_sibling_assessment_on_day.assessed_date: The day of the assessment.
-- term: last_sibling_assessment_on_day.outcome: TOGETHER or APART.
create or replace temp view last_sibling_assessment_on_day as
select distinct
    spine.as_at,
    spine.child_number,
    recorded.assessed_date,
    recorded.outcome
from spine
join local_sibling_assessments as recorded
    on recorded.person_id = spine.child_id
    and recorded.outcome in ('TOGETHER', 'APART')
    and recorded.assessed_date between spine.entered_care and spine.as_at
qualify recorded.assessed_date = max(recorded.assessed_date) over (partition by spine.as_at, spine.child_number);
