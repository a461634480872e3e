"""Work outside of requests: threads, transactions, HTTP calls. Rules and records: models."""
