"""Pages of information governance: who saw and changed what, how long things are kept, and what people ask of us."""
