"""Pages of a session for those in the room: joining, one's own page, the big screen."""
