//! What is said of values for a field that is no longer in use, where no head of a file says it: of a rule, and of the rows of a ticket.

use directory::{Code, FieldNumber, Fields};
use store::Warning;

/// That so many cells of a field are ignored; none while the field is in use.
pub(crate) fn told(fields: &Fields, number: FieldNumber, cells: i64) -> Option<Warning> {
    let field = fields.get(number).filter(|field| field.retired)?;
    let (place, detail) = (field.key.clone(), Some(field.title.clone()));
    Some(Warning { code: Code::ColumnRetired, place, cells, detail })
}
