-- title: Permanency Planning Progress form not kept up
-- asks: For which children with open options has none of them changed by the second review, or for so many months after it?
-- why: A form that nobody touches shows no progress. From the second review on (held, or else due), something should have changed since
--      entry to care, and then at least every so many months: any day of any option counts as a change. The clock is the day on which
--      the child came on the list.
-- kind: measure
-- parameters: negative_outcomes, months, first_review_working_days, second_review_months
-- needs: local_permanence_options, ssd_cla_reviews
-- evidence: episode, reviews_held, permanence_options
-- source: Permanency Planning Policy and Procedures 11.5
-- out of: children in care with an option that is still pursued
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with change as (
    unpivot (
        select
            person_id,
            referral_date,
            viability_date,
            assessment_start_date,
            assessment_end_date,
            panel_date,
            court_application_date,
            order_date,
            closed_date
        from local_permanence_options
    )
    on columns(* exclude (person_id))
    into name step value change_date
),

asked as (
    select
        spine.as_at,
        spine.child_number,
        spine.child_id,
        spine.entered_care,
        second_review_by(
            spine.entered_care,
            reviewed.first_review_date,
            reviewed.second_review_date,
            $first_review_working_days,
            $second_review_months
        ) as second_review
    from spine
    join second_review_on_day as reviewed using (as_at, child_number)
    where (spine.as_at, spine.child_number) in (
        select (explored.as_at, explored.child_number)
        from explored_option_on_day($negative_outcomes::varchar[]) as explored
        where explored.pursued
    )
),

changed as (
    select
        asked.as_at,
        asked.child_number,
        asked.second_review,
        max(change.change_date) as last_change
    from asked
    left join change
        on change.person_id = asked.child_id
        and change.change_date between asked.entered_care and asked.as_at
    group by all
),

stale as (
    select
        *,
        case
            when last_change is null then second_review
            else greatest(second_review, months_after(last_change, $months))
        end as stale_date
    from changed
)

select
    as_at,
    child_number,
    stale_date as clock_start,
    case
        when last_change is null then 'no change since entry to care'
        else 'last change on ' || strftime(last_change, '%d/%m/%Y')
    end as detail
from stale
where stale_date <= as_at
