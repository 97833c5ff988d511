//! The pipeline: real files in, plans and a changed directory out. Files are csv where that shows the rule, and workbooks edited by
//! openpyxl and saved again by LibreOffice where it has to be a file as people send it.

#[cfg(test)]
#[path = "import/accounted.rs"]
mod accounted;
#[cfg(test)]
#[path = "import/answered.rs"]
mod answered;
#[cfg(test)]
#[path = "import/apply.rs"]
mod apply;
#[cfg(test)]
#[path = "import/blasts.rs"]
mod blasts;
#[cfg(test)]
#[path = "import/changing_back.rs"]
mod changing_back;
#[cfg(test)]
#[path = "import/clocks.rs"]
mod clocks;
#[cfg(test)]
#[path = "import/column_readings.rs"]
mod column_readings;
#[cfg(test)]
#[path = "import/creations.rs"]
mod creations;
#[cfg(test)]
#[path = "import/deaths.rs"]
mod deaths;
#[cfg(test)]
#[path = "import/edits.rs"]
mod edits;
#[cfg(test)]
#[path = "import/erased.rs"]
mod erased;
#[cfg(test)]
#[path = "import/fields.rs"]
mod fields;
#[cfg(test)]
#[path = "import/fixtures.rs"]
mod fixtures;
#[cfg(test)]
#[path = "import/further.rs"]
mod further;
#[cfg(test)]
#[path = "import/garbled.rs"]
mod garbled;
#[cfg(test)]
#[path = "import/giving.rs"]
mod giving;
#[cfg(test)]
#[path = "import/kinds.rs"]
mod kinds;
#[cfg(test)]
#[path = "import/locales.rs"]
mod locales;
#[cfg(test)]
#[path = "import/long_ago.rs"]
mod long_ago;
#[cfg(test)]
#[path = "import/looks_right.rs"]
mod looks_right;
#[cfg(test)]
#[path = "import/many.rs"]
mod many;
#[cfg(test)]
#[path = "import/matching.rs"]
mod matching;
#[cfg(test)]
#[path = "import/moved.rs"]
mod moved;
#[cfg(test)]
#[path = "import/named_rows.rs"]
mod named_rows;
#[cfg(test)]
#[path = "import/odd_files.rs"]
mod odd_files;
#[cfg(test)]
#[path = "import/overlay.rs"]
mod overlay;
#[cfg(test)]
#[path = "import/overtaken.rs"]
mod overtaken;
#[cfg(test)]
#[path = "import/own_sheets.rs"]
mod own_sheets;
#[cfg(test)]
#[path = "import/pasts.rs"]
mod pasts;

#[cfg(test)]
#[path = "import/people.rs"]
mod people;
#[cfg(test)]
#[path = "import/refusals.rs"]
mod refusals;
#[cfg(test)]
#[path = "import/reports.rs"]
mod reports;
#[cfg(test)]
#[path = "import/rules.rs"]
mod rules;
#[cfg(test)]
#[path = "import/shared_id.rs"]
mod shared_id;
#[cfg(test)]
#[path = "import/sheets.rs"]
mod sheets;
#[cfg(test)]
#[path = "import/taken_back.rs"]
mod taken_back;
#[cfg(test)]
#[path = "import/tickets.rs"]
mod tickets;
#[cfg(test)]
#[path = "import/transformed.rs"]
mod transformed;
#[cfg(test)]
#[path = "import/turns.rs"]
mod turns;
#[cfg(test)]
#[path = "import/uniqueness.rs"]
mod uniqueness;
#[cfg(test)]
#[path = "import/upgrades.rs"]
mod upgrades;
#[cfg(test)]
#[path = "import/workbooks.rs"]
mod workbooks;
