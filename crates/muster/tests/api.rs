//! REST, in process: requests in, problem details and imports out.
