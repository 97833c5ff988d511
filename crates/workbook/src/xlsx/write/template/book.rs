//! The book that the layout asks for, with two rows in place of the poured ones: the third has the styles of the
//! columns, the fourth those of text that would be a formula if it were typed. With marks there are two more, of marked cells.

use rust_xlsxwriter::{
    Color, ConditionalFormatBlank, ConditionalFormatDuplicate, DataValidation, DataValidationErrorStyle,
    DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Workbook,
    Worksheet, XlsxError,
};

use crate::instructions::{self, MEANINGS, NAMES};
use crate::rules::{HEADINGS, HEADINGS_TITLE, Rule, Taken};
use crate::stamp::Stamp;
use crate::{Column, Content, Layout, Note};

/// The row that stands for the last one in the laid out book; no range ends there by itself.
pub(super) const LAST_ROW_MARK: u32 = 1_048_575;
/// The row that stands for the last one of the rules, in the same way.
pub(super) const RULES_END_MARK: u32 = 1_048_574;
/// The last row, counted from 0 as the library does.
const LAST: u32 = 1_048_575;
/// The first row of users, counted from 0.
const FIRST: u32 = 2;
/// Numbers beyond have more than fifteen digits, which a cell can't hold.
const MOST: f64 = 999_999_999_999_999.0;

/// Lays out the book and gives its bytes.
pub(super) fn lay_out(layout: &Layout, marks: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let lists = layout.sheets.of_lists();
    let sheet = workbook.add_worksheet().set_name(&layout.sheets.rows)?;
    write_headings(sheet, layout)?;
    let mut lists_used = 0;
    for (column, number) in layout.columns.iter().zip(0..) {
        let list = match &column.content {
            Content::List(labels) if !labels.is_empty() => {
                lists_used += 1;
                Some(list_range(&lists, lists_used - 1, labels.len()))
            }
            _ => None,
        };
        let format = set_column(sheet, column, number)?;
        if marks {
            write_marked(sheet, format, number)?;
        }
        add_validation(sheet, column, number, list)?;
        add_marks(sheet, column, number)?;
    }
    if !layout.instructions.is_empty() {
        write_instructions(workbook.add_worksheet(), layout)?;
    }
    if lists_used > 0 {
        write_lists(workbook.add_worksheet().set_name(lists)?, layout)?;
    }
    workbook.save_to_buffer()
}

fn write_headings(sheet: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    let titles = Format::new().set_bold().set_background_color(Color::RGB(0x00E7_ECF3));
    let keys = Format::new()
        .set_font_size(8)
        .set_font_color(Color::Gray)
        .set_background_color(Color::RGB(0x00F4_F6F9));
    for (column, number) in layout.columns.iter().zip(0..) {
        sheet.write_string_with_format(0, number, &column.title, &titles)?;
        sheet.write_string_with_format(1, number, &column.key, &keys)?;
    }
    sheet.set_freeze_panes(FIRST, layout.frozen)?;
    set_pages(sheet).set_repeat_rows(0, 0)?;
    let Some(last) = layout.columns.len().checked_sub(1) else { return Ok(()) };
    sheet.autofilter(1, 0, LAST_ROW_MARK - 1, last as u16)?;
    let refused = stop(DataValidation::new().allow_custom(Formula::new("=FALSE")), HEADINGS_TITLE, HEADINGS)?;
    sheet.add_data_validation(0, 0, 1, last as u16, &refused)?;
    Ok(())
}

/// Prints on wide pages, one beside none: whoever prints wants whole rows.
fn set_pages(sheet: &mut Worksheet) -> &mut Worksheet {
    sheet.set_landscape().set_print_fit_to_pages(1, 0)
}

/// Sets width and format of a column, and writes the two rows that tell its styles.
fn set_column(sheet: &mut Worksheet, column: &Column, number: u16) -> Result<Format, XlsxError> {
    let mut format = match column.content {
        Content::Text | Content::List(_) => Format::new().set_num_format("@"),
        Content::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Content::Number => Format::new(),
    };
    if column.read_only || column.fixed {
        format = format.set_font_color(Color::RGB(0x0059_6270));
    }
    if column.read_only {
        format = format.set_background_color(Color::RGB(0x00EE_EEEE));
    }
    sheet.set_column_width(number, f64::from(column.width.clamp(1, 255)))?;
    sheet.set_column_format(number, &format)?;
    sheet.write_blank(FIRST, number, &format)?;
    sheet.write_blank(FIRST + 1, number, &format.clone().set_quote_prefix())?;
    if matches!(column.content, Content::Text | Content::List(_)) {
        sheet.ignore_error_range(FIRST, number, LAST, number, IgnoreError::NumberStoredAsText)?;
    }
    Ok(format)
}

/// Writes the two rows that tell the styles of a column's marked cells: red, and bold in a frame for who does not see that.
fn write_marked(sheet: &mut Worksheet, format: Format, number: u16) -> Result<(), XlsxError> {
    let (light, dark) = (Color::RGB(0x00FF_C7CE), Color::RGB(0x009C_0006));
    let marked = format
        .set_background_color(light)
        .set_font_color(dark)
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_border_color(dark);
    sheet.write_blank(FIRST + 2, number, &marked)?;
    sheet.write_blank(FIRST + 3, number, &marked.set_quote_prefix())?;
    Ok(())
}

/// Adds what the column's cells take, and what is said beside them.
fn add_validation(
    sheet: &mut Worksheet,
    column: &Column,
    number: u16,
    list: Option<String>,
) -> Result<(), XlsxError> {
    let rule = Rule::of(column);
    if !rule.is_needed() {
        return Ok(());
    }
    let mut validation = DataValidation::new();
    validation = match rule.taken {
        Taken::All => validation,
        Taken::Nothing => validation.allow_custom(Formula::new("=FALSE")).ignore_blank(false),
        Taken::OneOf(_) => validation.allow_list_formula(Formula::new(list.unwrap_or_default())),
        Taken::Date => {
            let (first, last) =
                (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(9999, 12, 31)?);
            validation.allow_date(DataValidationRule::Between(first, last))
        }
        Taken::Number => validation.allow_decimal_number(DataValidationRule::Between(-MOST, MOST)),
        Taken::Length(most) => validation.allow_text_length(DataValidationRule::LessThanOrEqualTo(most)),
    };
    if let Some(refusal) = &rule.refusal {
        validation = stop(validation, &rule.title, refusal)?;
    }
    if let Some(hint) = &rule.hint {
        validation = validation.set_input_title(&rule.title)?.set_input_message(hint)?;
    }
    sheet.add_data_validation(FIRST, number, RULES_END_MARK - 1, number, &validation)?;
    Ok(())
}

/// Makes a validation stop what it does not take.
fn stop(validation: DataValidation, title: &str, message: &str) -> Result<DataValidation, XlsxError> {
    validation
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(title)?
        .set_error_message(message)
}

/// Adds what turns cells red: required ones that are empty, unique ones that are not.
fn add_marks(sheet: &mut Worksheet, column: &Column, number: u16) -> Result<(), XlsxError> {
    let red =
        Format::new().set_background_color(Color::RGB(0x00FF_C7CE)).set_font_color(Color::RGB(0x009C_0006));
    let last = LAST_ROW_MARK - 1;
    if column.required {
        let empty = ConditionalFormatBlank::new().set_format(&red);
        sheet.add_conditional_format(FIRST, number, last, number, &empty)?;
    }
    if column.unique {
        let twice = ConditionalFormatDuplicate::new().set_format(&red);
        sheet.add_conditional_format(FIRST, number, last, number, &twice)?;
    }
    Ok(())
}

fn write_instructions(sheet: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::VerticalCenter);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = wrapped.clone().set_bold();
    sheet.set_name(layout.sheets.of_instructions())?;
    sheet.set_column_width(0, NAMES)?.set_column_width(1, MEANINGS)?;
    set_pages(sheet);
    for (note, row) in layout.instructions.iter().zip(0..) {
        sheet.set_row_height(row, instructions::height(note))?;
        match note {
            Note::Heading(text) => sheet.write_string_with_format(row, 0, text, &heading)?,
            Note::Text(text) => sheet.merge_range(row, 0, row, 1, &instructions::shown(text), &wrapped)?,
            Note::Entry(name, meaning) => sheet
                .write_string_with_format(row, 0, name, &bold)?
                .write_string_with_format(row, 1, instructions::shown(meaning).as_ref(), &wrapped)?,
        };
    }
    // In rows that nobody sees.
    for (stamp, row) in instructions::stamps(layout).iter().zip(layout.instructions.len() as u32..) {
        sheet.write_string(row, 0, stamp)?.set_row_hidden(row)?;
    }
    Ok(())
}

/// Writes the choices of every list column into a column of its own, on a sheet that nobody sees.
fn write_lists(sheet: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    let lists = layout.columns.iter().filter_map(|column| match &column.content {
        Content::List(labels) if !labels.is_empty() => Some(labels),
        _ => None,
    });
    let lists: Vec<&Vec<String>> = lists.collect();
    let stamps = Stamp::of(lists.iter().flat_map(|labels| labels.iter().map(String::as_str)));
    for (stamp, row) in stamps.iter().zip(0..) {
        sheet.write_string(row, lists.len() as u16, stamp)?;
    }
    let text = Format::new().set_num_format("@");
    for (labels, column) in lists.into_iter().zip(0..) {
        for (label, row) in labels.iter().zip(0..) {
            sheet.write_string_with_format(row, column, label, &text)?;
        }
    }
    sheet.set_hidden(true);
    Ok(())
}

/// Where the choices of a list stand.
fn list_range(sheet: &str, list: u32, length: usize) -> String {
    let name = crate::Position { row: 1, column: list + 1 }.to_string();
    let column = name.trim_end_matches('1');
    let sheet = sheet.replace('\'', "''");
    format!("='{sheet}'!${column}$1:${column}${length}")
}
