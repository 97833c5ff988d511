//! The pages of operators, who look after the whole deployment.

pub(super) mod ticket;
pub(super) mod tickets;
