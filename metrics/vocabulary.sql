-- The words that every other file speaks. A macro's parameters are written so that no column can share their name
-- (a parameter beats a column), and every result is a date, never a timestamp.
-- term: reporting_dates: The days for which the figures are counted: the night's own and the month ends before it, or one
--      that somebody asks for.
-- term: reporting_dates.records_from: The first day that the records can be relied on: a setting of the council's, by default
--      six years before the data load.
-- term: *.as_at: The reporting date: everything in the row is as it was at the close of this day.
-- term: *.child_number: The child, as a number of this data load's own: the row of the extract ssd_person.
-- term: *.child_id: The child's identifier in the case system.
-- term: *.cla_id: The period of care, by its identifier in the extract of episodes.
-- term: *.placement_row: The row of the extract of placements.
-- term: *.plan_row: The row of the extract of care plans.
-- term: *.episode_row: The row of the extract of episodes.
-- term: *.entered_care: The day on which the child entered care, for the period of care that runs on the reporting date.
-- cases: Entered care
-- term: *.service: The service of the child's team; a team without one is its own.
-- cases: Team and service
-- term: *.team: The team of the child's allocated worker, or "No team recorded".
-- cases: Team and service
-- term: *.worker: The child's allocated worker, or "No worker recorded".
-- cases: Team and service
-- term: *.turn: The place of the row among the child's rows, by start and then by identifier: where two are in force, the
--      higher counts.
-- term: codes: The lists of codes that the definitions speak of, such as placement types, each code with the groups that
--      it belongs to.
-- term: codes.code_set: The list that the code belongs to: legal_status, placement_type, episode_start_reason,
--      episode_ceased_reason, event_type, plan_option, meeting_type, match_type, primary_need,
--      document_type or sent_to.
-- term: codes.code: The code, as the extract has it.
-- term: codes.label: The code in words.
-- term: codes.groups: The groups that the code belongs to, such as foster, adoptive or placement_order. The definitions
--      speak of groups.
-- term: codes.place_in_list: The place of the code in its list, which decides which of several is shown first.
-- term: council_authority: The council's own authority and those that border on it, as the settings name them.
-- term: council_authority.authority: The authority's code or name, in small letters.
-- term: council_authority.place: own or neighbour.
-- term: role_word: The council's words for each role that a policy names, as the settings give them.
-- term: role_word.role: The role.
-- term: role_word.words: One of its words, in small letters.
-- term: supplied: Which extracts this data load has.
-- term: supplied.table_name: The table of the extract.
-- term: supplied.supplied: Whether this data load has it.
-- term: calendar_day: Every day of the calendar, with the working days counted.
-- term: calendar_day.day: The day.
-- term: calendar_day.number: How many working days there have been from the first day of the calendar up to and with this
--      one.
-- term: working_day: The working days, numbered: weekends and England's bank holidays are left out.
-- term: working_day.number: The number of the working day.
-- term: working_day.day: The day.

-- [starts, ends) is in force on the day: an end on that very day counts as ended.
-- term: in_force: Whether something that starts and ends is in force on a day: an end on that very day counts as ended.
create or replace temp macro in_force(_starts, _ends, _day) as
    _starts <= _day and (_ends is null or _ends > _day);

-- The same day n calendar months on, or that month's last day where it has no such day.
-- term: months_after: The same day so many calendar months later, or that month's last day where it has no such day.
create or replace temp macro months_after(_date, _months) as
    cast(_date + to_months(_months) as date);

-- Whole years. The day compares as month and day, so a child born on 29 February turns on 1 March in other years.
-- term: age_in_years: A person's age in whole years on a day: born on 29 February, a year older on 1 March in other
--      years.
-- cases: Age and weeks in care
create or replace temp macro age_in_years(_born, _day) as
    year(_day) - year(_born)
    - case when month(_day) * 100 + day(_day) < month(_born) * 100 + day(_born) then 1 else 0 end;

-- The day on which somebody reaches an age: born on 29 February, on 1 March in other years.
-- term: birthday: The day on which a person reaches an age: born on 29 February, on 1 March in other years.
create or replace temp macro birthday(_born, _age) as
    months_after(_born, 12 * _age) + case when day(months_after(_born, 12 * _age)) < day(_born) then 1 else 0 end;

-- The kinds by which children are counted and lists are filtered: age, sex, legal status, placement and plan in a few groups.
-- term: age_group: The age group that an age in whole years falls into.
create or replace temp macro age_group(_age) as
    case
        when _age is null then 'Not known'
        when _age < 1 then 'Under 1'
        when _age < 5 then '1 to 4'
        when _age < 10 then '5 to 9'
        when _age < 16 then '10 to 15'
        else '16 and 17'
    end;

-- term: sex_in_words: The sex that the record has, in words.
create or replace temp macro sex_in_words(_sex) as
    case _sex when 'F' then 'Female' when 'M' then 'Male' else 'Not known' end;

-- term: legal_status_group: The group of legal statuses to which the groups of a code belong.
create or replace temp macro legal_status_group(_groups) as
    case
        when _groups is null then 'No legal status recorded'
        when list_contains(_groups, 'placement_order') or list_contains(_groups, 'freeing_order') then 'Placement order'
        when list_contains(_groups, 'interim_care_order') then 'Interim care order'
        when list_contains(_groups, 'care_order') then 'Care order'
        when list_contains(_groups, 'accommodated') then 'Accommodated by agreement (section 20)'
        else 'Protection, remand or other'
    end;

-- term: placement_group: The group of placements to which the groups of a code belong.
create or replace temp macro placement_group(_groups) as
    case
        when _groups is null then 'Not known'
        when list_contains(_groups, 'adoptive') then 'Placed for adoption'
        when list_contains(_groups, 'foster') and list_contains(_groups, 'relatives_or_friends')
            then 'Fostered by relatives or friends'
        when list_contains(_groups, 'foster') then 'Fostered by others'
        when list_contains(_groups, 'residential') then 'Residential'
        when list_contains(_groups, 'with_parents') then 'With parents'
        when list_contains(_groups, 'supported') then 'Supported or independent'
        else 'Other or temporary'
    end;

-- term: plan_group: The plan as children are counted by it: its option, Parallel plan where there are several, or No current plan.
create or replace temp macro plan_group(_options) as
    case
        when len(_options) = 0 then 'No current plan'
        when len(_options) > 1 then 'Parallel plan'
        else upper(_options[1][1]) || replace(_options[1][2:], '_', ' ')
    end;

-- The shown plan: the option, or for several, parallel and all of them.
-- term: shown_plan: The plan in words: its option, or "parallel" and all of them where there are several.
-- cases: Plan
create or replace temp macro shown_plan(_options) as
    case
        when len(_options) = 0 then null
        when len(_options) = 1 then replace(_options[1], '_', ' ')
        else 'parallel: ' || replace(array_to_string(_options, ', '), '_', ' ')
    end;

-- So many working days on: the day that many working days after, weekends and England's bank holidays left out.
-- term: working_days_after: The day that many working days after a day: weekends and England's bank holidays are left
--      out.
create or replace temp macro working_days_after(_date, _days) as (
    -- No days on from a weekend is that day, not the working day before it.
    select case when _days = 0 then _date else working_day.day end
    from calendar_day
    join working_day on working_day.number = calendar_day.number + _days
    where calendar_day.day = _date
);

-- Whether who decided is of one of the roles, by the council's own words for them: nobody else will do.
-- term: decided_by_role: Whether the one who decided has one of the roles, by the council's own words for them. Where nobody is
--      recorded, no.
create or replace temp macro decided_by_role(_decided_by, _roles) as
    coalesce(
        lower(trim(regexp_replace(_decided_by, '\s+', ' ', 'g'))) in (select words from role_word where list_contains(_roles, role)),
        false
    );

-- term: who_decided: Who decided, as it is recorded, or that it is not.
create or replace temp macro who_decided(_decided_by) as
    coalesce(nullif(trim(_decided_by), ''), 'somebody not recorded');

-- So many working days before: stepping back from a day, the working day on which the count is full.
-- term: working_days_before: The working day that is so many working days before a day: weekends and England's bank
--      holidays are left out, and the day itself is not counted.
create or replace temp macro working_days_before(_date, _days) as (
    select working_day.day
    from calendar_day
    join working_day on working_day.number = calendar_day.number - _days + 1
    where calendar_day.day = _date - 1
);

-- Which start an option's clock has, and the other one where they differ. Nothing where the clock is not an option's.
-- term: clock_in_words: Which start an option's clock has, recorded or observed, and the other one where they differ.
-- cases: option clock
create or replace temp macro clock_in_words(_recorded, _observed) as
    case
        when _recorded is null and _observed is null then null
        when _recorded is null then 'observed'
        when _observed is null or _observed = _recorded then 'recorded'
        when _observed < _recorded then 'observed (recorded ' || strftime(_recorded, '%d/%m/%Y') || ')'
        else 'recorded (observed ' || strftime(_observed, '%d/%m/%Y') || ')'
    end;

-- term: has_plan_starts: Whether the plans have the day on which they began. A workbook of one day has not; its plans start on the
--      day of the load, and since when is what the loads observed.
create or replace temp macro has_plan_starts() as
    coalesce((select bool_and(supplied) from supplied where table_name = 'plan_starts'), true);

-- term: records_from: The first day that the records can be relied on. What began before it cannot be judged.
create or replace temp macro records_from() as (select min(records_from) from reporting_dates);
