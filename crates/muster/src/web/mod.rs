//! The pages: one file a page, its template beside it.
