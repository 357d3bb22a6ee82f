"""Pages of asking less: registers, invitations, the ledger, rules and the calendar."""
