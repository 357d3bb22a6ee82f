"""Files for translators, one module a format: PO, XLIFF, and spreadsheets (CSV and XLSX)."""
