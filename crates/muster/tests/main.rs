//! The tests of the program, through its public face.
