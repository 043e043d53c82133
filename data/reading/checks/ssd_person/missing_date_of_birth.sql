-- A person with no date of birth, unless unborn and never in care: no age, so no rule over an age can see the child.
select
    'missing_date_of_birth',
    'ssd_person',
    source_row,
    pers_person_id,
    pers_person_id,
    'No date of birth: the child is left out of every rule that uses age',
    'Enter the date of birth (pers_dob).'
from ssd_person
where pers_dob is null
    and (pers_expected_dob is null or pers_person_id in (select clae_person_id from ssd_cla_episodes))
