"""What is promised to people about what we keep of them, carried out and shown: when it goes, what they may ask for,
and who looked at what is locked away."""
