"""Everything that is stored in one file, which either database can be filled from again.

A backup holds rows, not pages of a database: what one kind of database gave, the other takes. ``format.py`` says what
stands in the file, ``taking.py`` makes one while people work, and ``restoring.py`` fills an empty installation from it.
"""
