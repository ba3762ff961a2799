"""The store: tables, engines, transactions, statements, change log, migrations. The only SQL."""
