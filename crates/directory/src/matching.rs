//! Matching: which column of a table that Muster did not write is which field, who its rows are, and what is done with what it leaves
//! open. People decide it; what is suggested to them says `suggest`. It is kept by a name and fits as long as the titles are the same.

mod aliases;
mod columns;
mod problems;
mod profile;
mod protected;
mod stored;
mod suggest;
#[cfg(test)]
mod tests;
mod titles;
mod usernames;

pub use columns::{
    Differing, MatchBy, MatchedColumn, Matching, TableReading, Target, UsernamesFrom, told_apart,
};
pub use problems::MatchingProblem;
pub use profile::Profile;
pub use protected::Protected;
pub use suggest::{Because, Suggestion, suggest};
pub use usernames::made_username;
