//! Reads and writes spreadsheets of people, row by row.
