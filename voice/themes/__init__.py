"""Themes: what people say, sorted under the partnership's code frame. The machine suggests, a person decides."""
