"""What a case system is known to leave out of its episodes, worked out from its other rows."""

from __future__ import annotations

import duckdb

from data.contract.systems import System


def complete_episodes(con: duckdb.DuckDBPyConnection, system: System) -> None:
    """Change the typed table of episodes where the ``system`` is known to write it in a way of its own; else nothing."""
    if system.episodes_end_the_day_before:
        _close_gaps(con)
    if system.episodes_lack_placements:
        _find_placements(con)


def _close_gaps(con: duckdb.DuckDBPyConnection) -> None:
    """An episode that goes on (X1) and ended the day before the next one of its period of care started ends on the day of that start."""
    con.execute(
        """
        update ssd_cla_episodes
        set clae_cla_episode_ceased_date = ssd_cla_episodes.clae_cla_episode_ceased_date + 1
        from ssd_cla_episodes as next_episode
        where next_episode.clae_person_id = ssd_cla_episodes.clae_person_id
            and next_episode.clae_cla_id is not distinct from ssd_cla_episodes.clae_cla_id
            and next_episode.clae_cla_episode_start_date = ssd_cla_episodes.clae_cla_episode_ceased_date + 1
            and ssd_cla_episodes.clae_cla_episode_ceased_reason = 'X1'
        """
    )


def _find_placements(con: duckdb.DuckDBPyConnection) -> None:
    """Give an episode without a placement the one that its child was in on its first day: of several, the one that started last."""
    con.execute(
        """
        update ssd_cla_episodes
        set clae_cla_placement_id = found.placement_id
        from (
            select
                episode.rowid as episode_row,
                arg_max(
                    placement.clap_cla_placement_id,
                    (placement.clap_cla_placement_start_date, placement.clap_cla_placement_id)
                ) as placement_id
            from ssd_cla_episodes as episode
            join ssd_cla_placement as placement
                on placement.clap_person_id = episode.clae_person_id
                and placement.clap_cla_placement_start_date <= episode.clae_cla_episode_start_date
                and (
                    placement.clap_cla_placement_end_date is null
                    or placement.clap_cla_placement_end_date > episode.clae_cla_episode_start_date
                )
            where episode.clae_cla_placement_id is null
            group by episode.rowid
        ) as found
        where found.episode_row = ssd_cla_episodes.rowid
        """
    )
