"""What somebody is worried about: to the safeguarding lead and to nobody else."""
