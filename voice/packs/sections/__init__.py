"""The sections of packs: each is a function that makes blocks of what was gathered, in the language that is spoken."""
