-- Left open in an old return, and in the child's next return under another first day but otherwise the same: it is that one.
insert into redated
select distinct older.file, older.source_row
from run_episode as older
join run_episode as newer
    on newer.child = older.child
    and newer.decom <> older.decom
    and newer.return_number = (
        select min(later.return_number)
        from run_episode as later
        where later.child = older.child and later.return_number > older.return_number
    )
    and newer.rne is not distinct from older.rne
    and newer.ls is not distinct from older.ls
    and newer.place is not distinct from older.place
    and newer.place_provider is not distinct from older.place_provider
    and newer.pl_post is not distinct from older.pl_post
    and newer.urn is not distinct from older.urn
where older.was_left_open and older.return_number < (select max(return_number) from return_order);
