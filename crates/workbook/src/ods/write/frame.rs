//! What stands around the rows: styles, validations, columns and headings before them, other tables, red marks and the
//! filter behind them.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::pour::{MARKED, escape_into};
use crate::instructions::{self, height, shown};
use crate::ods::escape;
use crate::rules::{HEADINGS, HEADINGS_TITLE, Rule, Taken};
use crate::stamp::Stamp;
use crate::{Column, Content, Layout, Note, Position};

/// What the file is, as its first bytes say (ODF 1.3 part 2, 3.3).
pub(super) const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The list of parts (ODF 1.3 part 2, 4).
pub(super) const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

/// The styles that have names: the defaults, what turns a cell red, and pages that are printed wide, one beside none.
pub(super) const STYLES: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:styles><style:default-style style:family="table"/><style:default-style style:family="table-row"/><style:default-style style:family="table-cell"/><style:style style:name="Default" style:family="table-cell"/><style:style style:name="Wrong" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:background-color="#ffc7ce"/><style:text-properties fo:color="#9c0006"/></style:style></office:styles><office:automatic-styles><style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" style:scale-to-X="1"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="wide"/></office:master-styles></office:document-styles>"##;

const HEAD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:workbook="NAMESPACE" office:version="1.3"><office:automatic-styles><style:style style:name="shown" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style><style:style style:name="hidden" style:family="table" style:master-page-name="Default"><style:table-properties table:display="false"/></style:style><number:text-style style:name="astext"><number:text-content/></number:text-style><number:date-style style:name="asdate"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="title" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="astext"><style:table-cell-properties fo:background-color="#e7ecf3"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="key" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="astext"><style:table-cell-properties fo:background-color="#f4f6f9"/><style:text-properties fo:color="#808080" fo:font-size="8pt"/></style:style><style:style style:name="heading" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties style:vertical-align="middle"/><style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style><style:style style:name="entry" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="meaning" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style><style:style style:name="names" style:family="table-column"><style:table-column-properties style:column-width="60mm"/></style:style><style:style style:name="meanings" style:family="table-column"><style:table-column-properties style:column-width="190mm"/></style:style>"##;

/// Rows up to which values that stand twice are marked: beyond, spreadsheets take minutes to find them.
const MOST_UNIQUE: u32 = 20_000;
/// A character's width, in tenths of a millimetre.
const CHARACTER: u32 = 20;

/// The frame of a document.
pub(super) struct Frame {
    layout: Layout,
    /// For each column the name of its validation.
    validations: Vec<Option<String>>,
    /// Whether there are styles for marked cells.
    marks: bool,
}

impl Frame {
    /// The frame of this layout; with styles for marked cells when there may be `marks`.
    pub(super) fn of(layout: &Layout, marks: bool) -> Self {
        let name =
            |(column, number): (&Column, usize)| Rule::of(column).is_needed().then(|| format!("val{number}"));
        let validations = layout.columns.iter().zip(1..).map(name).collect();
        Self { layout: layout.clone(), validations, marks }
    }

    /// The names of the columns' validations.
    pub(super) fn validations(&self) -> &[Option<String>] {
        &self.validations
    }

    /// The panes, frozen below the headings: the one setting that belongs to a view.
    pub(super) fn settings(&self) -> String {
        let mut xml = String::from(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name=""#,
        );
        xml.push_str(&attribute(&self.layout.sheets.rows));
        xml.push_str("\">");
        let frozen = self.layout.frozen.to_string();
        for (name, kind, value) in [
            ("HorizontalSplitMode", "short", "2"),
            ("VerticalSplitMode", "short", "2"),
            ("HorizontalSplitPosition", "int", frozen.as_str()),
            ("VerticalSplitPosition", "int", "2"),
            ("ActiveSplitRange", "short", "3"),
            ("PositionLeft", "int", "0"),
            ("PositionRight", "int", frozen.as_str()),
            ("PositionTop", "int", "0"),
            ("PositionBottom", "int", "2"),
        ] {
            let _ = write!(
                xml,
                "<config:config-item config:name=\"{name}\" config:type=\"{kind}\">{value}</config:config-item>"
            );
        }
        let sheet = attribute(&self.layout.sheets.rows);
        let _ = write!(
            xml,
            "</config:config-item-map-entry></config:config-item-map-named><config:config-item \
             config:name=\"ActiveTable\" config:type=\"string\">{sheet}</config:config-item>\
             </config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>\
             </office:settings></office:document-settings>"
        );
        xml
    }

    /// Everything of the content up to the third row.
    pub(super) fn head(&self) -> String {
        let mut xml = HEAD.replace("NAMESPACE", escape::NAMESPACE);
        for (column, number) in self.layout.columns.iter().zip(1..) {
            column_styles(column, number, self.marks, &mut xml);
        }
        self.add_row_styles(&mut xml);
        xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
        if !self.layout.columns.is_empty() {
            self.add_validations(&mut xml);
        }
        let _ = write!(
            xml,
            "<table:table table:name=\"{}\" table:style-name=\"shown\">",
            attribute(&self.layout.sheets.rows)
        );
        for number in 1..=self.layout.columns.len() {
            let _ = write!(
                xml,
                "<table:table-column table:style-name=\"co{number}\" table:default-cell-style-name=\"ce{number}\"/>"
            );
        }
        // Header rows are printed again on every page.
        xml.push_str("<table:table-header-rows>");
        self.add_headings("title", |column| &column.title, &mut xml);
        xml.push_str("</table:table-header-rows>");
        self.add_headings("key", |column| &column.key, &mut xml);
        xml
    }

    fn add_headings(&self, style: &str, text: fn(&Column) -> &str, xml: &mut String) {
        xml.push_str("<table:table-row>");
        for column in &self.layout.columns {
            text_cell(style, " table:content-validation-name=\"val0\"", text(column), xml);
        }
        xml.push_str("</table:table-row>");
    }

    /// A style for each height that rows of the instructions have.
    fn add_row_styles(&self, xml: &mut String) {
        let heights: BTreeSet<u32> = self.layout.instructions.iter().map(height).collect();
        for height in heights {
            let _ = write!(
                xml,
                "<style:style style:name=\"high{height}\" style:family=\"table-row\"><style:table-row-properties \
                 style:row-height=\"{height}pt\" style:use-optimal-row-height=\"false\"/></style:style>"
            );
        }
    }

    /// Everything behind the last row of users, which is this one (2 when there are none).
    pub(super) fn tail(&self, last: u32) -> String {
        let mut xml = String::new();
        self.add_marks(last, &mut xml);
        xml.push_str("</table:table>");
        self.add_instructions(&mut xml);
        self.add_lists(&mut xml);
        if let Some(column) = u32::try_from(self.layout.columns.len()).ok().filter(|&columns| columns > 0) {
            let sheet = quoted(&self.layout.sheets.rows);
            let _ = write!(
                xml,
                "<table:database-ranges><table:database-range table:name=\"__Anonymous_Sheet_DB__0\" \
                 table:target-range-address=\"{sheet}.A2:{sheet}.{}\" table:display-filter-buttons=\"true\"/>\
                 </table:database-ranges>",
                Position { row: last, column }
            );
        }
        xml.push_str("</office:spreadsheet></office:body></office:document-content>");
        xml
    }

    /// The validations (ODF 1.3 part 3, 9.4.5). The first is that of the headings.
    fn add_validations(&self, xml: &mut String) {
        xml.push_str("<table:content-validations>");
        let sheet = quoted(&self.layout.sheets.rows);
        validation("val0", "of:is-true-formula(FALSE())", &format!("{sheet}.A1"), xml);
        message("error", HEADINGS_TITLE, Some(HEADINGS), xml);
        xml.push_str("</table:content-validation>");
        let mut lists = 0;
        for ((column, name), number) in self.layout.columns.iter().zip(&self.validations).zip(1..) {
            let rule = Rule::of(column);
            lists += u32::from(matches!(rule.taken, Taken::OneOf(_)));
            let Some(name) = name else { continue };
            let base = format!("{sheet}.{}", Position { row: 3, column: number });
            validation(name, &self.condition(rule.taken, lists), &base, xml);
            message("help", &rule.title, rule.hint.as_deref(), xml);
            message("error", &rule.title, rule.refusal.as_deref(), xml);
            xml.push_str("</table:content-validation>");
        }
        xml.push_str("</table:content-validations>");
    }

    /// What the cells take, as a condition; the choices of a list stand in the list's own column.
    fn condition(&self, taken: Taken<'_>, list: u32) -> String {
        match taken {
            Taken::All => String::new(),
            Taken::Nothing => "of:is-true-formula(FALSE())".to_owned(),
            Taken::OneOf(labels) => {
                let name = Position { row: 1, column: list }.to_string();
                let column = name.trim_end_matches('1');
                let sheet = quoted(&self.layout.sheets.of_lists());
                format!("of:cell-content-is-in-list([${sheet}.${column}$1:.${column}${}])", labels.len())
            }
            Taken::Date => "of:cell-content-is-date() and cell-content-is-between(1,2958465)".to_owned(),
            Taken::Number => "of:cell-content-is-decimal-number() and \
                              cell-content-is-between(-999999999999999,999999999999999)"
                .to_owned(),
            Taken::Length(most) => format!("of:cell-content-text-length()&lt;={most}"),
        }
    }

    /// What turns red: required cells that are empty, unique ones that are not, in rows that exist.
    fn add_marks(&self, last: u32, xml: &mut String) {
        let sheet = quoted(&self.layout.sheets.rows);
        let mut marks = String::new();
        for (column, number) in self.layout.columns.iter().zip(1..) {
            let first = Position { row: 3, column: number };
            let mut conditions = String::new();
            let mut add = |condition: &str| {
                let _ = write!(
                    conditions,
                    "<calcext:condition calcext:apply-style-name=\"Wrong\" calcext:value=\"{condition}\" \
                     calcext:base-cell-address=\"{sheet}.{first}\"/>"
                );
            };
            if column.required {
                add(&format!("formula-is(LEN(TRIM([.{first}]))=0)"));
            }
            if column.unique && last <= 2 + MOST_UNIQUE {
                add("duplicate");
            }
            if !conditions.is_empty() {
                let end = Position { row: last, column: number };
                let _ = write!(
                    marks,
                    "<calcext:conditional-format calcext:target-range-address=\"{sheet}.{first}:{sheet}.{end}\">\
                     {conditions}</calcext:conditional-format>"
                );
            }
        }
        if !marks.is_empty() && last > 2 {
            let _ = write!(xml, "<calcext:conditional-formats>{marks}</calcext:conditional-formats>");
        }
    }

    fn add_instructions(&self, xml: &mut String) {
        if self.layout.instructions.is_empty() {
            return;
        }
        let name = attribute(&self.layout.sheets.of_instructions());
        let _ = write!(xml, "<table:table table:name=\"{name}\" table:style-name=\"shown\">");
        xml.push_str("<table:table-column table:style-name=\"names\"/><table:table-column table:style-name=\"meanings\"/>");
        for note in &self.layout.instructions {
            let _ = write!(xml, "<table:table-row table:style-name=\"high{}\">", height(note));
            match note {
                Note::Heading(text) => text_cell("heading", "", text, xml),
                Note::Text(text) => {
                    text_cell("meaning", " table:number-columns-spanned=\"2\"", &shown(text), xml);
                    xml.push_str("<table:covered-table-cell/>");
                }
                Note::Entry(name, meaning) => {
                    text_cell("entry", "", name, xml);
                    text_cell("meaning", "", &shown(meaning), xml);
                }
            }
            xml.push_str("</table:table-row>");
        }
        // In rows that nobody sees.
        for stamp in instructions::stamps(&self.layout) {
            xml.push_str("<table:table-row table:visibility=\"collapse\">");
            text_cell("Default", "", &stamp, xml);
            xml.push_str("</table:table-row>");
        }
        xml.push_str("</table:table>");
    }

    /// The choices of every list, each in a column of its own, on a table that nobody sees.
    fn add_lists(&self, xml: &mut String) {
        let lists: Vec<&[String]> = self
            .layout
            .columns
            .iter()
            .filter_map(|column| match Rule::of(column).taken {
                Taken::OneOf(labels) => Some(labels),
                _ => None,
            })
            .collect();
        let rows = lists.iter().map(|labels| labels.len()).max().unwrap_or(0);
        if rows == 0 {
            return;
        }
        let name = attribute(&self.layout.sheets.of_lists());
        let _ = write!(xml, "<table:table table:name=\"{name}\" table:style-name=\"hidden\">");
        let _ = write!(xml, "<table:table-column table:number-columns-repeated=\"{}\"/>", lists.len() + 1);
        let stamps = Stamp::of(lists.iter().flat_map(|labels| labels.iter().map(String::as_str)));
        for row in 0..rows.max(stamps.len()) {
            xml.push_str("<table:table-row>");
            for labels in &lists {
                text_cell("Default", "", labels.get(row).map_or("", String::as_str), xml);
            }
            text_cell("Default", "", stamps.get(row).map_or("", String::as_str), xml);
            xml.push_str("</table:table-row>");
        }
        xml.push_str("</table:table>");
    }
}

/// The width of a column and the format of its cells, the marked ones too: red, and bold in a frame for who does not see that.
fn column_styles(column: &Column, number: usize, marks: bool, xml: &mut String) {
    let width = u32::from(column.width.clamp(1, 255)) * CHARACTER + CHARACTER / 2;
    let _ = write!(
        xml,
        "<style:style style:name=\"co{number}\" style:family=\"table-column\"><style:table-column-properties \
         style:column-width=\"{}.{}mm\"/></style:style>",
        width / 10,
        width % 10
    );
    let format = match column.content {
        Content::Text | Content::List(_) => " style:data-style-name=\"astext\"",
        Content::Date => " style:data-style-name=\"asdate\"",
        Content::Number => "",
    };
    let _ = write!(
        xml,
        "<style:style style:name=\"ce{number}\" style:family=\"table-cell\" style:parent-style-name=\"Default\"{format}>"
    );
    if column.read_only {
        xml.push_str("<style:table-cell-properties fo:background-color=\"#eeeeee\"/>");
    }
    if column.read_only || column.fixed {
        xml.push_str("<style:text-properties fo:color=\"#596270\"/>");
    }
    xml.push_str("</style:style>");
    if marks {
        let _ = write!(
            xml,
            "<style:style style:name=\"{MARKED}{number}\" style:family=\"table-cell\" style:parent-style-name=\"Wrong\"{format}>\
             <style:table-cell-properties fo:border=\"0.75pt solid #9c0006\"/><style:text-properties fo:font-weight=\"bold\"/>\
             </style:style>"
        );
    }
}

/// Starts a validation; one without a condition takes everything.
fn validation(name: &str, condition: &str, base: &str, xml: &mut String) {
    let condition =
        if condition.is_empty() { String::new() } else { format!(" table:condition=\"{condition}\"") };
    let list = if condition.contains("in-list") { " table:display-list=\"unsorted\"" } else { "" };
    let _ = write!(
        xml,
        "<table:content-validation table:name=\"{name}\"{condition} table:allow-empty-cell=\"true\"{list} \
         table:base-cell-address=\"{base}\">"
    );
}

/// Adds the message of a validation: `help` beside a chosen cell, or `error`, which stops.
fn message(kind: &str, title: &str, text: Option<&str>, xml: &mut String) {
    let Some(text) = text else { return };
    let stop = if kind == "error" { " table:message-type=\"stop\"" } else { "" };
    let _ = write!(
        xml,
        "<table:{kind}-message{stop} table:title=\"{}\" table:display=\"true\"><text:p>{}</text:p></table:{kind}-message>",
        attribute(title),
        paragraphs(text)
    );
}

fn text_cell(style: &str, attributes: &str, text: &str, xml: &mut String) {
    if text.is_empty() {
        let _ = write!(xml, "<table:table-cell{attributes}/>");
        return;
    }
    let mark =
        if escape::is_needed(text) { format!(" {}=\"true\"", escape::ATTRIBUTE) } else { String::new() };
    let _ = write!(
        xml,
        "<table:table-cell table:style-name=\"{style}\"{attributes} office:value-type=\"string\"{mark}><text:p>{}</text:p>\
         </table:table-cell>",
        paragraphs(text)
    );
}

fn paragraphs(text: &str) -> String {
    let mut bytes = Vec::new();
    escape_into(text, escape::is_needed(text), &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Text as an attribute holds it; what XML can't hold is left out.
fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character < ' ' => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

/// The name of a table as addresses hold it.
fn quoted(sheet: &str) -> String {
    let plain = sheet.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !sheet.is_empty();
    if plain { sheet.to_owned() } else { attribute(&format!("'{}'", sheet.replace('\'', "''"))) }
}
