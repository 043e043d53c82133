"""Disclosure control: which figures of a publishable pack are hidden, and whether what is left can identify anybody.

    from metrics.disclosure.auditor import audit
    from metrics.disclosure.ledger import publication
    from metrics.disclosure.protect import protect
    from metrics.disclosure.tables import Tables

    tables = Tables(past=publications)                          # every pack published before, Publication.from_json(...)
    north = tables.cell(("return_home", "2026-03-31", "North", "all"), 7, words="Return home, North, 31 March 2026")
    south = tables.cell(("return_home", "2026-03-31", "South", "all"), 9)
    county = tables.cell(("return_home", "2026-03-31", "county", "all"), 16)
    tables.total(county, [north, south])
    north_6m = tables.cell(("return_home_6m", "2026-03-31", "North", "all"), 5)
    tables.nested(north, north_6m)                              # the 2 others are never printed, but follow: they are kept too
    care = tables.cell(("in_care", "2026-03-31", "North", "all"), 100)
    tables.share(("return_home_percent", "2026-03-31", "North"), north, care)
    tables.derived(("return_home_status", "2026-03-31", "North"), [north])      # a status, a direction, a point of a chart

    system = tables.system()
    pattern = protect(system, settings.disclosure_threshold, settings.disclosure_range)
    pattern.printed(system)[north]                              # 7 or "[c]", for every count; write this and nothing else
    pattern.hides(system, ("return_home_percent", "2026-03-31", "North"))       # True: print "[c]" instead

    printed = {...}                                             # read back from the finished file: key -> number or "[c]"
    audit(system, printed, settings.disclosure_threshold, settings.disclosure_range).require_safe()
    record = publication("Quarter 4", system, printed).to_json()                # keep it; give it to the next pack as past

docs/decisions/09-disclosure-control.md says what is promised, and what is not.
"""
