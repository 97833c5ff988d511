//! The pipeline: real workbooks in, plans and a changed directory out.
