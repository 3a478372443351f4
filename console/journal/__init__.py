"""What was seen and done, durable: on SQLite, or on PostgreSQL where one is named.

The live view never waits for it: what is wrong with the database is a sentence here, never an
error there. What follows from the history is said in `console.rules`, how it is worded in
`console.view`.
"""
