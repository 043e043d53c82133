"""What pages are made of: headings, tables, tiles, charts, choices, downloads, and messages when something goes wrong."""
