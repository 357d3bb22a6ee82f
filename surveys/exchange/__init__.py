"""Surveys in and out of other tools: XLSForm (ODK, Kobo) both ways, LimeSurvey's ``.lss`` in.

Whatever cannot be carried over is listed with its place; nothing is dropped without a word.
"""
