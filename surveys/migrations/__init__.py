"""The schema of asking, step by step. A step never changes once it has been released.

Each module has ``statements(dialect)``: plain SQL for ``sqlite`` or ``postgres``. Steps do not import
our tables, so that an old step means tomorrow what it meant when it was written.
"""
