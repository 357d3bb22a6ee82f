"""The drop box: what partners heard elsewhere, and what anybody tells us, looked at before it counts."""
