"""The Annex A workbook: lists of children as they stand on one day, on sheets of one file."""
