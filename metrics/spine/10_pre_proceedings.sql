-- Pre-proceedings, from the decision until they are stepped down, until it is decided to issue, or until proceedings are issued. A record
-- that was left open although proceedings were issued has ended all the same (and is flagged).
-- term: pre_proceedings: Pre-proceedings, each from the decision to its end: the step-down, the decision to issue, or the issue of
--      proceedings.
-- term: pre_proceedings.pre_proceedings_row: The row of the extract of pre-proceedings.
-- term: pre_proceedings.decision_date: The day on which pre-proceedings were decided on.
-- term: pre_proceedings.ended_date: The day on which they ended.
-- term: pre_proceedings.issued_date: The day on which the proceedings were issued that they led to: the first since the decision, where they
--      went on until then or ended because it was decided to issue. Those that were stepped down led to none.
-- term: pre_proceedings.letter_date: The day of the letter to the parents.
create or replace temp view pre_proceedings as
select
    child.child_number,
    child.child_id,
    recorded.rowid as pre_proceedings_row,
    recorded.prep_pre_pro_decision_date as decision_date,
    least(recorded.prep_agree_stepdown_issue_date, min(proceedings.issued_date)) as ended_date,
    case
        when recorded.prep_agree_stepdown_issue_date is null
            or recorded.prep_agree_stepdown_issue_date >= min(proceedings.issued_date)
            or regexp_matches(lower(recorded.prep_pre_pro_outcome), 'issu')
            then min(proceedings.issued_date)
    end as issued_date,
    recorded.prep_care_pro_letter_date as letter_date
from ssd_pre_proceedings as recorded
join child on child.child_id = recorded.prep_person_id
left join local_care_proceedings as proceedings
    on proceedings.person_id = recorded.prep_person_id
    and proceedings.issued_date >= recorded.prep_pre_pro_decision_date
where recorded.prep_pre_pro_decision_date is not null
group by
    child.child_number,
    child.child_id,
    recorded.rowid,
    recorded.prep_pre_pro_decision_date,
    recorded.prep_agree_stepdown_issue_date,
    recorded.prep_pre_pro_outcome,
    recorded.prep_care_pro_letter_date;

-- What ends the planning before court: the issue of proceedings, a decision to step down or to issue, or a court's order, or leaving care by
-- one, which says that proceedings were issued where the extract of proceedings does not. An order that goes on, one after another
-- without a day between, was made on the first of its days.
-- term: legal_planning_end: The days on which the planning before court ended: proceedings issued, a decision to step down or to issue, a care
--      or placement order made, or care ended by adoption, special guardianship or a child arrangements order.
-- term: legal_planning_end.closed_date: The day.
create or replace temp view legal_planning_end as
with ordered as (
    select
        legal_status.child_number,
        legal_status.start_date,
        max(coalesce(legal_status.end_date, date '9999-12-30')) over (
            partition by legal_status.child_number
            order by legal_status.start_date, legal_status.end_date nulls last
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from legal_status
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_has_any(codes.groups, ['care_order', 'placement_order', 'freeing_order'])
    where legal_status.end_date is null or legal_status.end_date >= legal_status.start_date
)

select prep_person_id as person_id, prep_agree_stepdown_issue_date as closed_date
from ssd_pre_proceedings
union all
select person_id, issued_date
from local_care_proceedings
union all
select child.child_id, ordered.start_date
from ordered
join child using (child_number)
where ordered.covered_until is null or ordered.start_date > ordered.covered_until + 1
union all
select episode.clae_person_id, episode.clae_cla_episode_ceased_date
from ssd_cla_episodes as episode
join codes
    on codes.code_set = 'episode_ceased_reason'
    and codes.code = episode.clae_cla_episode_ceased_reason
    and list_has_any(codes.groups, ['adoption', 'special_guardianship', 'child_arrangements']);

-- Legal gateway meetings that were held, each until the planning before court ends. A gateway without an end stays open: a review may be
-- missing.
-- term: legal_gateway: Legal gateway meetings that were held.
-- term: legal_gateway.gateway_date: The day of the meeting.
-- term: legal_gateway.next_date: The day of the next one, which reviews it.
-- term: legal_gateway.closed_date: The day since when it needs no review: proceedings issued, a decision to step down or to issue, a care or
--      placement order made, or care ended by adoption, special guardianship or a child arrangements order.
create or replace temp view legal_gateway as
with held as (
    select distinct
        child.child_number,
        child.child_id,
        meeting.meeting_date as gateway_date
    from local_meetings as meeting
    join child on child.child_id = meeting.person_id
    where meeting.meeting_type = 'LEGAL_GATEWAY'
        and meeting.meeting_date is not null
        and coalesce(meeting.meeting_status, 'HELD') = 'HELD'
)

select
    held.child_number,
    held.gateway_date,
    lead(held.gateway_date) over (partition by held.child_number order by held.gateway_date) as next_date,
    min(closing.closed_date) as closed_date
from held
left join legal_planning_end as closing
    on closing.person_id = held.child_id
    and closing.closed_date >= held.gateway_date
group by held.child_number, held.gateway_date;

-- Urgent legal meetings that were held, each until the legal gateway looks at the child or the planning before court ends.
-- term: urgent_legal_meeting: Urgent legal meetings that were held.
-- term: urgent_legal_meeting.urgent_date: The day of the meeting.
-- term: urgent_legal_meeting.gateway_date: The day of the first legal gateway on that day or later.
-- term: urgent_legal_meeting.closed_date: The day since when no gateway is awaited: the end of the planning before court, on the day of the
--      meeting or later.
create or replace temp view urgent_legal_meeting as
select
    child.child_number,
    meeting.meeting_date as urgent_date,
    min(legal_gateway.gateway_date) as gateway_date,
    min(closing.closed_date) as closed_date
from local_meetings as meeting
join child on child.child_id = meeting.person_id
left join legal_gateway
    on legal_gateway.child_number = child.child_number
    and legal_gateway.gateway_date >= meeting.meeting_date
left join legal_planning_end as closing
    on closing.person_id = meeting.person_id
    and closing.closed_date >= meeting.meeting_date
where meeting.meeting_type = 'URGENT_LEGAL'
    and meeting.meeting_date is not null
    and coalesce(meeting.meeting_status, 'HELD') = 'HELD'
group by child.child_number, meeting.meeting_date;
