//! The command line: the program itself is run.
