//! The pages, in process: requests in, HTML out.
