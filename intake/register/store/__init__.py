"""What is stored: the database, acts and files, drafts, quarantine, receipts and copies of it all."""
