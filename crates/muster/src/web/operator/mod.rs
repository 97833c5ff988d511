//! The pages of operators, who look after the whole deployment.

pub(super) mod feedback;
mod frame;
pub(super) mod organisation;
pub(super) mod organisations;
pub(super) mod state;
pub(super) mod ticket;
pub(super) mod tickets;
