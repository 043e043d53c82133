-- The words that every other file speaks. A macro's parameters are written so that no column can share their name
-- (a parameter beats a column), and every result is a date, never a timestamp.

-- [starts, ends) is in force on the day: an end on that very day counts as ended.
create or replace temp macro in_force(_starts, _ends, _day) as
    _starts <= _day and (_ends is null or _ends > _day);

-- The same day n calendar months on, or that month's last day where it has no such day.
create or replace temp macro months_after(_date, _months) as
    cast(_date + to_months(_months) as date);

-- Whole years. The day compares as month and day, so a child born on 29 February turns on 1 March in other years.
create or replace temp macro age_in_years(_born, _day) as
    year(_day) - year(_born)
    - case when month(_day) * 100 + day(_day) < month(_born) * 100 + day(_born) then 1 else 0 end;

-- The shown plan: the option, or for several, parallel and all of them.
create or replace temp macro shown_plan(_options) as
    case
        when len(_options) = 0 then null
        when len(_options) = 1 then replace(_options[1], '_', ' ')
        else 'parallel: ' || replace(array_to_string(_options, ', '), '_', ' ')
    end;

-- So many working days on: the day that many working days after, weekends and England's bank holidays left out.
create or replace temp macro working_days_after(_date, _days) as (
    select working_day.day
    from calendar_day
    join working_day on working_day.number = calendar_day.number + _days
    where calendar_day.day = _date
);

-- Which start an option's clock has, and the other one where they differ. Nothing where the clock is not an option's.
create or replace temp macro clock_in_words(_recorded, _observed) as
    case
        when _recorded is null then null
        when _observed is null or _observed = _recorded then 'recorded'
        when _observed < _recorded then 'observed (recorded ' || strftime(_recorded, '%d/%m/%Y') || ')'
        else 'recorded (observed ' || strftime(_observed, '%d/%m/%Y') || ')'
    end;
