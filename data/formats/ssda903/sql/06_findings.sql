-- What the returns show that an analyst should look at.
insert into flags
select
    'left_open_in_a_return', 'ssd_cla_episodes', source_row, child || '-' || turn, child,
    'Open in ' || file || ' (row ' || source_row || ')'
        || case when next_decom is null then ' and in no later return: its end is not known, and taken to be ' else ', and ended by the next: '
        end || strftime(dec, '%d/%m/%Y'),
    'Give DEC and REC in the return.'
from run_episode
where was_left_open
order by child, turn;

insert into flags
select
    'gap_between_episodes', 'ssd_cla_episodes', source_row, child || '-' || turn, child,
    'Starts on ' || strftime(decom, '%d/%m/%Y') || ', but the episode before it, which was to go on the same day (X1), ended on '
        || strftime(previous_dec, '%d/%m/%Y'),
    'Correct DEC of the earlier episode, or DECOM of this one.'
from run_episode
where previous_rec = 'X1' and decom > previous_dec
order by child, turn;
