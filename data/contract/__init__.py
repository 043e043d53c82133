"""The data contract: tables, columns, codes and the text of plans."""
