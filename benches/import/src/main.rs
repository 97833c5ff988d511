//! What the script `run` needs in a process of its own:
//!
//!     import-bench edit SOURCE TARGET EVERY [shared]    a copy of a download with the job title of every so many rows changed
//!     import-bench redden SOURCE TARGET COUNT           a copy with so many cells that are wrong, spread over the rows
//!     import-bench floor DATABASE FILE EVERY            the least work that importing such a file takes

mod edit;
mod floor;

use std::error::Error;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["edit", source, target, every] => edit::edit(source, target, every.parse()?, edit::Strings::Inline),
        ["edit", source, target, every, "shared"] => {
            edit::edit(source, target, every.parse()?, edit::Strings::Shared)
        }
        ["redden", source, target, count] => edit::redden(source, target, count.parse()?),
        ["floor", database, file, every] => floor::import(database, file, every.parse()?),
        _ => Err("edit, redden or floor is wanted, see the head of src/main.rs".into()),
    }
}
