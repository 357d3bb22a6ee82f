"""Pages for people who help others to answer: a whole class, or somebody on the phone."""
