-- title: A paper for the adoptive family after the ceremony
-- asks: Was this paper given in time after the ceremony that celebrates the adoption order?
-- why: The child and the family who adopted the child get it while those who know the child's story can still be asked. Where the ceremony
--      is not recorded, the adoption order stands for it. The period is in days or in working days; the other of the two is 0.
-- kind: milestone
-- due: clock_start
-- parameters: document_type, days, working_days
-- needs: ssd_cla_episodes, local_documents, earlier_records
-- uses: local_events
-- evidence: episodes_ended, adoption_ceremony, documents_recorded
-- source: Permanence Policy 10, Adoption
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with adopted as (
    select
        left_care.as_at,
        left_care.child_number,
        left_care.left_date,
        left_care.entered_care,
        min(ceremony.event_date) as ceremony_date
    from left_care_in_year as left_care
    join codes
        on codes.code_set = 'episode_ceased_reason'
        and codes.code = left_care.reason
        and list_contains(codes.groups, 'adoption')
    left join recorded_event as ceremony
        on ceremony.child_number = left_care.child_number
        and ceremony.event_type = 'ADOPTION_CEREMONY'
        and ceremony.event_date between left_care.left_date and left_care.as_at
    group by all
)

select
    adopted.as_at,
    adopted.child_number,
    coalesce(adopted.ceremony_date, adopted.left_date) as clock_start,
    case
        when $working_days > 0 then working_days_after(coalesce(adopted.ceremony_date, adopted.left_date), $working_days)
        else coalesce(adopted.ceremony_date, adopted.left_date) + $days::integer
    end as due_date,
    min(document.sent_date) as done_date,
    case
        when adopted.ceremony_date is null then 'ceremony not recorded: from the adoption order'
        else 'from the ceremony'
    end as detail
from adopted
left join document
    on document.child_number = adopted.child_number
    and document.document_type = $document_type
    and document.sent_date between adopted.entered_care and adopted.as_at
group by all
