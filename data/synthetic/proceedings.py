"""The legal side: legal statuses, episodes of care, care proceedings and what came before them."""

from __future__ import annotations

from random import Random

from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, Choice, between, lag, long_tail
from .placements import Placement
from .record import Record

# How case systems write a legal status (each is read back to the code by data/contract/codes/spellings.csv or its first word).
COURTS = ("Northford", "Eastbury", "Westcombe")
STATUS_TEXTS = {
    "C1": Choice(
        {
            "C1": 40,
            "C1 Interim care order": 30,
            "C1:Interim Care Order": 12,
            "Interim care order": 12,
            "CLA - Interim Care Order": 6,
        }
    ),
    "C2": Choice(
        {"C2": 40, "C2 Full care order": 30, "Care Order Sec. 31(a)": 12, "C2:Full Care Order": 10, "FULL CARE ORDER [C2]": 8}
    ),
    "E1": Choice(
        {
            "E1": 40,
            "Placement order granted": 25,
            "E1 Placement order": 15,
            "Placement Order (Sec. 21)": 12,
            "CLA - E1 - Placement order granted": 8,
        }
    ),
    "V2": Choice(
        {
            "V2": 40,
            "V2 Single period s20": 30,
            "Single period of accommodation under section 20": 20,
            "S20 - Accom - Single Period": 10,
        }
    ),
    "L1": Choice({"L1": 60, "POLICE PROTECTION - LA ACCOMM": 40}),
    "L2": Choice({"L2": 60, "Emergency Protection Order": 40}),
    "J1": Choice({"J1": 60, "On Remand/Committed for Trial": 40}),
    "V3": Choice({"V3": 1}),
    "V4": Choice({"V4": 60, "V4:Agreed Series of Short-Term Breaks where agreements are recorded": 40}),
}
AFTER_CARE = {
    "E45": "Special Guardianship Order",
    "E46": "Special Guardianship Order",
    "E47": "SGO",
    "E48": "SGO",
    "E41": "Child Arrangements Order",
    "E12": "Adoption Order Granted",
}
ORDERS = {
    "adoption": "Care and placement orders",
    "reversed": "Care and placement orders",
    "guardianship": "Special guardianship order",
    "home": "Supervision order",
}
IN_PRE_PROCEEDINGS = 0.6  # of the children brought before the court
# Days: typical, spread, fewest and most. Aim: four in ten last longer than 16 weeks, and one in ten longer than six months.
PRE_PROCEEDINGS = (105, 0.45, 21, 330)
FINAL_HEARING_LISTED = 120  # days before it
GATEWAY_HELD = 0.87  # legal gateways and their reviews
NOT_EXTRACTED = 0.08  # supported accommodation that the extract leaves out
NEEDS = Choice({"N1": 66, "N5": 14, "N4": 7, "N3": 4, "N8": 4, "N2": 3, "N6": 2})


def _statuses(rng: Random, period: Period) -> list[tuple[int, int, str]]:
    """Legal statuses in order: (start, end, code). A care order may stand beside a placement order."""
    entered, left = period.entered, period.left
    status = period.entry_status
    if not period.issued:
        if status in ("L1", "L2"):
            until = min(entered + between(rng, 1, 3), left)
            return [(entered, until, status), (until, left, "V2")]
        return [(entered, left, status)]
    interim = min(max(entered, ON_OR_AFTER[period.issued + between(rng, 1, 12)]), left) if status != "C1" else entered
    statuses = [(entered, interim, status)] if interim > entered else []
    final = period.concluded
    if final >= left or period.track in ("guardianship",):
        return [*statuses, (interim, left, "C1")]
    statuses.append((interim, final, "C1"))
    if not period.decided:
        return [*statuses, (final, left, "C2")]
    revoked = min(ON_OR_AFTER[period.reversed + between(rng, 30, 150)], left) if period.reversed else left
    if rng.random() < 0.5:
        statuses.append((final, left, "C2"))
    elif revoked < left:
        statuses.append((revoked, left, "C2"))
    renewed = ON_OR_AFTER[final + between(rng, 60, 200)]
    if rng.random() < 0.08 and renewed < revoked:
        return [*statuses, (final, renewed, "E1"), (renewed, revoked, "E1")]
    return [*statuses, (final, revoked, "E1")]


def add_legal_statuses(
    record: Record,
    rng: Random,
    career: Career,
    period: Period,
    known: int,
    ended: int,
) -> list[tuple[int, int, str]]:
    """Write the legal statuses; ``known`` and ``ended`` are the days on which entry and exit were recorded."""
    statuses = [status for status in _statuses(rng, period) if status[1] > status[0]]
    for start, end, code in statuses:
        noted = max(known, start + lag(rng))
        closed = ended if end == period.left else max(noted, end + lag(rng))
        values = [record.identifier(), record.person, STATUS_TEXTS[code](rng), "", ""]
        record.spell("ssd_legal_status", values, start, end, noted, closed)
    after = AFTER_CARE.get(period.reason, "Care leaver" if period.left >= career.born + 6570 else "")
    if after and period is career.periods[-1] and period.left <= record.as_at:
        record.spell("ssd_legal_status", [record.identifier(), record.person, after, "", ""], period.left, 0, ended, 0)
    return statuses


def _main_status(statuses: list[tuple[int, int, str]], day: int) -> str:
    """The one status that an episode has: a placement order before a care order."""
    codes = [code for start, end, code in statuses if start <= day < end]
    return "E1" if "E1" in codes else codes[0] if codes else ""


def add_episodes(
    record: Record,
    rng: Random,
    period: Period,
    cla: str,
    homes: list[Placement],
    statuses: list,
    known: int,
    ended: int,
) -> None:
    """An episode for every change of placement or legal status; each ends where the next begins."""
    entered, left = period.entered, period.left
    need = "N8" if period.track == "unaccompanied" else NEEDS(rng)
    moves = {home.start: home for home in homes}
    days = sorted({entered, *(day for day in (*moves, *(start for start, _, _ in statuses)) if entered < day < left)})
    changes: list[tuple[int, Placement, str]] = []
    status = ""
    for day in days:
        before, status = status, _main_status(statuses, day)
        if day in moves or status != before:
            home = moves.get(day, changes[-1][1] if changes else homes[0])
            changes.append((day, home, _start_reason(day == entered, home if day in moves else None, status != before)))
    noted = known
    for place, (day, home, reason) in enumerate(changes):
        until = changes[place + 1][0] if place + 1 < len(changes) else left
        closed = ended if until == left else max(noted, until + lag(rng))
        contact = ""
        if until == left and record.as_at < left:
            contact = ISO[record.as_at - between(rng, 1, 80)] if rng.random() < 0.9 else "1900-01-01"
        values = [
            record.identifier(),
            record.person,
            cla,
            home.identifier or "-1",
            "",
            reason,
            need,
            "",
            "",
            ISO[entered],
            contact,
        ]
        record.spell("ssd_cla_episodes", values, day, until, noted, closed, ((8, period.reason if until == left else "X1"),))
        noted = closed


def _start_reason(first: bool, moved_to: Placement | None, ordered: bool) -> str:
    """Why an episode began: S first, P or T a move (T: same carer), L an order, B or U both."""
    if first:
        return "S"
    if moved_to is None:
        return "L"
    if ordered:
        return "U" if moved_to.same_carer else "B"
    return "T" if moved_to.same_carer else "P"


def add_placements(record: Record, rng: Random, cla: str, homes: list[Placement], known: int, ended: int, left: int) -> None:
    """Write the placements. Supported accommodation is missing now and then: some systems' extracts leave it out."""
    noted = known
    for place, home in enumerate(homes):
        closed = ended if home.end == left else max(noted, home.end + lag(rng))
        if not (home.kind == "K3" and rng.random() < NOT_EXTRACTED) and rng.random() >= 0.004:
            home.identifier = record.identifier()
            values = [
                home.identifier,
                record.person,
                cla,
                "",
                "",
                home.kind,
                home.provider,
                home.distance,
                home.postcode,
                home.authority,
                home.reason if place else "",
                home.urn,
            ]
            record.spell("ssd_cla_placement", values, home.start, home.end, noted, closed)
        noted = closed


def add_proceedings(record: Record, rng: Random, career: Career, period: Period) -> None:
    """Pre-proceedings for some, then proceedings with their dates filled as they come."""
    issued, concluded = period.issued, period.concluded
    if not issued or (concluded and concluded < record.oldest):
        return
    if rng.random() < IN_PRE_PROCEEDINGS:
        decided = max(ON_OR_BEFORE[issued - pre_proceedings_days(rng)], ON_OR_AFTER[career.known])
        if decided < issued:
            add_pre_proceedings(record, rng, decided, issued, "Issue proceedings")
    _add_proceedings(record, rng, period)


def add_proceedings_at_home(record: Record, rng: Random, issued: int) -> Period:
    """Proceedings of a child who stays at home; gives their days, as a period of care would have them."""
    concluded = ON_OR_AFTER[issued + min(long_tail(rng, 240, 0.35), 900)]
    period = Period(issued, "home", concluded, issued=issued, concluded=concluded)
    _add_proceedings(record, rng, period)
    return period


def _add_proceedings(record: Record, rng: Random, period: Period) -> None:
    issued, concluded = period.issued, period.concluded
    order = ORDERS.get(period.track, "Care order")
    first_hearing = ON_OR_AFTER[issued + between(rng, 3, 12)]
    values = [record.identifier(), record.person, ISO[issued], *[""] * 9]
    stages = [
        ("issued_date", issued, ISO[issued], lag(rng)),
        ("first_hearing_date", first_hearing, ISO[first_hearing], lag(rng)),
        ("final_evidence_due_date", issued + 60, ISO[period.evidence], 5),
        ("final_hearing_date", max(issued + 100, concluded - FINAL_HEARING_LISTED), ISO[concluded], lag(rng)),
        *_hearings(record, period),
        ("concluded_date", concluded, ISO[concluded], late := lag(rng)),
        ("outcome_order", concluded, order, late),
    ]
    record.stages("local_care_proceedings", values, stages)


def _hearings(record: Record, period: Period) -> list[tuple[str, int, str, int]]:
    """The court, its issues resolution hearing, and the next hearing of proceedings that go on. The court by a chance of its own."""
    issued, resolution, concluded = period.issued, period.resolution, period.concluded
    rng = Random(f"hearings {record.person} {issued}")
    stages = [
        ("court", issued, f"Family Court at {rng.choice(COURTS)} (invented)", 3),
        ("issues_resolution_hearing_date", issued + 40, ISO[resolution], 5),
    ]
    coming = [
        (day, hearing)
        for day, hearing in (
            (ON_OR_AFTER[issued + 75], "Case management hearing"),
            (resolution, "Issues resolution hearing"),
            (concluded, "Final hearing"),
        )
        if day > issued
    ]
    before = issued + 20
    for day, hearing in coming:
        listed = max(before, day - 60)
        stages += [("next_hearing_date", listed, ISO[day], 1), ("next_hearing_type", listed, hearing, 1)]
        before = day
    return stages


def _legal_gateways(record: Record, decided: int, until: int) -> None:
    """The legal gateway, and its reviews every six weeks or so, drawn by chances of their own."""
    rng = Random(f"gateways {record.person} {decided}")
    day = ON_OR_BEFORE[decided - between(rng, 0, 6)]
    while day <= min(until, record.as_at):
        if day >= record.oldest and rng.random() < GATEWAY_HELD:
            values = [record.identifier(), record.person, "LEGAL_GATEWAY", BRITISH[day], "held", "", ""]
            record.add("local_meetings", day + lag(rng), values)
        day = ON_OR_AFTER[day + between(rng, 30, 50)]


def pre_proceedings_days(rng: Random) -> int:
    """How long pre-proceedings last."""
    typical, spread, fewest, most = PRE_PROCEEDINGS
    return min(max(long_tail(rng, typical, spread), fewest), most)


def add_pre_proceedings(record: Record, rng: Random, decided: int, ended: int, outcome: str) -> None:
    """The legal gateway that decided on pre-proceedings and its reviews, and their row, to the day of their end, which may lie ahead."""
    _legal_gateways(record, decided, ended)
    values = [record.identifier(), record.person, record.family, "", "", "", "", "", ""]
    met = ON_OR_AFTER[decided + between(rng, 7, 40)]
    letters = Random(f"letter {record.person} {decided}")
    letter = ON_OR_AFTER[decided + between(letters, 1, 21)] if letters.random() < 0.9 else 0
    stages = [
        ("prep_pre_pro_decision_date", decided, ISO[decided], lag(rng)),
        ("prep_initial_pre_pro_meeting_date", met, ISO[met], lag(rng)),
        ("prep_legal_gateway_outcome", decided, "Enter pre-proceedings", lag(rng)),
        ("prep_pre_pro_outcome", ended, outcome, late := lag(rng)),
        ("prep_agree_stepdown_issue_date", ended, ISO[ended], late),
        ("prep_care_pro_letter_date", letter, ISO[letter] if letter else "", 1),
    ]
    record.stages("ssd_pre_proceedings", values, stages)
