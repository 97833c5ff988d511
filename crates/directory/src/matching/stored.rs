//! Matchings as the store keeps them: a line for each thing that was said, its parts with tabs between them.

use super::columns::{MatchBy, MatchedColumn, Matching, Target, UsernamesFrom};

/// A text without what parts lines and their parts.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn read(text: &str) -> String {
    let (mut read, mut letters) = (String::with_capacity(text.len()), text.chars());
    while let Some(letter) = letters.next() {
        read.push(match (letter, letter == '\\') {
            (_, false) => letter,
            (_, true) => match letters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
        });
    }
    read
}

impl Matching {
    /// As the store keeps it.
    pub fn stored(&self) -> String {
        let mut lines = vec![format!("by\t{}", self.by.word())];
        if self.creates {
            lines.push("creates".to_owned());
        }
        lines.extend(self.usernames.map(|from| format!("usernames\t{}", from.word())));
        let reading = &self.reading;
        lines.extend(reading.sheet.as_ref().map(|sheet| format!("sheet\t{}", escaped(sheet))));
        lines.extend(reading.heading.map(|heading| format!("heading\t{heading}")));
        lines.extend(reading.separator.map(|letter| format!("separator\t{}", escaped(&letter.to_string()))));
        lines.extend(reading.charset.as_ref().map(|charset| format!("charset\t{}", escaped(charset))));
        lines.extend(self.columns.iter().map(|column| {
            let word = column.target.as_ref().map_or("", Target::word);
            let clears = if column.clears { "\tclears" } else { "" };
            format!("column\t{}\t{}{clears}", escaped(&column.title), escaped(word))
        }));
        lines.join("\n")
    }

    /// The meaning of what is kept; none when it was kept by a later version.
    pub fn of_stored(stored: &str) -> Option<Self> {
        let mut matching = Self::default();
        for line in stored.split('\n').filter(|line| !line.is_empty()) {
            let parts: Vec<String> = line.split('\t').map(read).collect();
            let part = |place: usize| parts.get(place).map_or("", String::as_str);
            match part(0) {
                "by" => matching.by = MatchBy::of_word(part(1))?,
                "creates" => matching.creates = true,
                "usernames" => matching.usernames = Some(UsernamesFrom::of_word(part(1))?),
                "sheet" => matching.reading.sheet = Some(part(1).to_owned()),
                "heading" => matching.reading.heading = Some(part(1).parse().ok()?),
                "separator" => matching.reading.separator = part(1).chars().next(),
                "charset" => matching.reading.charset = Some(part(1).to_owned()),
                "column" => matching.columns.push(MatchedColumn {
                    title: part(1).to_owned(),
                    target: Target::of_word(part(2)),
                    clears: part(3) == "clears",
                }),
                _ => return None,
            }
        }
        Some(matching)
    }
}
