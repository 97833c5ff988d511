//! REST: what other programs see an import through.
