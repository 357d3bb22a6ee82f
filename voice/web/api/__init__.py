"""What other programs ask for and send, in JSON; described at /api for people and at /api/openapi.json for programs."""
