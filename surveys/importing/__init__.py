"""Answers collected elsewhere: a file is read, its columns are mapped, its rows are converted.

Everything here is pure: bytes and plain values in, frozen values out, no database, no HTTP, no clock.

    reading.read_sheet       bytes of a CSV or XLSX file  ->  Sheet
    guessing.guess_mapping   Sheet, known questions       ->  Mapping, for a person to correct
    converting.convert       Sheet, Mapping               ->  Converted: rows, and why others stay out
"""
