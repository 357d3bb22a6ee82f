"""The answer back: "you said, we did" for everybody, receipts, and the pages of those who publish."""
