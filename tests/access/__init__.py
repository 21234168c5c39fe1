"""The access table: one row for each URL, driven by the roles of safeguarding.permissions.

Rows live in `rows_<part>.py` beside this file and are found by listing the folder. A URL without a
row fails `test_matrix.py`. To add a URL, add its row in the same commit; see `table.Row`.
"""
