"""Surveys on paper: the form to print and to fill in with a pen."""
