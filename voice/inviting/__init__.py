"""Inviting people: what messages say, and handing them over to a mail server, to GOV.UK Notify or to a printer."""
