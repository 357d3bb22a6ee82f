"""What families said, measured: pure functions over plain data.

Nothing here knows of HTTP, a database, a clock or the environment, and nothing here imports the other
packages.
"""
