//! Office Open XML workbooks (ECMA-376, both its transitional and its strict form): read and written.

mod escape;
mod fast;
mod package;
mod sheet;
mod special;
mod strings;
mod styles;
mod value;
mod write;

pub(crate) use escape::{looks_escaped, resolve as resolve_escapes};
pub(crate) use package::Workbook;
pub(crate) use sheet::SheetRows;
pub(crate) use value::number;
pub(crate) use write::XlsxWriter;
