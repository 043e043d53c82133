"""What every workbook is made with: cells, styles, tables, charts, print set-up, the front sheet."""
