//! What the script `run` needs in a process of its own:
//!
//!     import-bench edit SOURCE TARGET EVERY [shared]    a copy of a download with the job title of every so many rows changed
//!     import-bench redden SOURCE TARGET COUNT           a copy with so many cells that are wrong, spread over the rows
//!     import-bench edit-csv SOURCE TARGET EVERY         the same of a download in csv
//!     import-bench floor DATABASE FILE EVERY            the least work that importing such a file takes
//!     import-bench floor-postgres URL FILE EVERY      the same on PostgreSQL
//!     import-bench bare-fill DATABASE FILE              a database of its own for the bare script, with the users of a csv
//!     import-bench bare DATABASE FILE                   the bare script: brings an edited csv into it

mod bare;
mod edit;
mod edit_csv;
mod floor;
mod floor_postgres;

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
        ["edit-csv", source, target, every] => edit_csv::edit(source, target, every.parse()?),
        ["bare-fill", database, file] => bare::fill(database, file),
        ["bare", database, file] => Ok(println!("{}", bare::import(database, file)?)),
        ["floor", database, file, every] => floor::import(database, file, every.parse()?),
        ["floor-postgres", url, file, every] => floor_postgres::import(url, file, every.parse()?),
        _ => Err("no such job: see the head of src/main.rs".into()),
    }
}
