"""A checked report becomes a JSON record or a workbook, and a workbook becomes a report again."""
