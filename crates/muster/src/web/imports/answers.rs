//! What can be decided about a warning with one click: the answers to what review asks, as its form sends them, and the words on the
//! buttons.

use directory::{Code, Decision};
use sentences::say;
use store::Warning;

/// The answers to a warning: what the form sends, and the words on the button.
pub(super) fn answers(warning: &Warning) -> Vec<(String, String)> {
    let key = warning.place.split(':').next().unwrap_or_default();
    let of_column =
        |decision: Decision, words: &str| (format!("{}:{key}", decision.word()), words.to_owned());
    let of_file = |decision: Decision, words: &str| (decision.word().to_owned(), words.to_owned());
    let of_sheet = |name: &str| {
        (format!("{}:{name}", Decision::ReadSheet.word()), say!("review-read-one-sheet", sheet = name))
    };
    match warning.code {
        Code::DamageKept => vec![of_column(Decision::DamageMeant, say!("review-it-was-meant-use-the"))],
        Code::Cleared if warning.cells == 1 => {
            vec![of_column(Decision::KeepValues, say!("review-keep-the-value"))]
        }
        Code::Cleared => {
            vec![of_column(Decision::KeepValues, &say!("review-keep-all", cells = warning.cells))]
        }
        Code::ManyZeros => vec![of_column(Decision::KeepEmpty, say!("review-leave-them-empty"))],
        Code::PointsLost => vec![of_column(Decision::KeepPoints, say!("review-keep-the-old-numbers"))],
        Code::Transformed => vec![
            of_column(Decision::KeepBefore, say!("review-keep-the-old-values")),
            of_column(Decision::StepMeant, say!("review-it-was-meant")),
        ],
        Code::PutBack => vec![of_file(Decision::PutBack, say!("damaged-use-the-files"))],
        Code::CellsMissing => vec![
            of_column(Decision::KeepMissing, say!("review-missing-were-lost")),
            of_column(Decision::MissingCleared, say!("review-missing-were-cleared")),
        ],
        Code::KeyMissing => vec![
            of_column(Decision::ReadColumn, say!("review-read-column")),
            of_column(Decision::IgnoreColumn, say!("review-ignore-column")),
        ],
        Code::LastLineCut => {
            vec![of_file(Decision::FileIsWhole, say!("review-the-file-is-whole"))]
        }
        Code::LettersGuessed => {
            vec![of_file(Decision::LettersAreRight, say!("review-the-letters-are-right"))]
        }
        Code::NotInFile => {
            let words = say!("review-make-these-inactive", users = warning.cells);
            vec![of_file(Decision::MakeAbsentInactive, &words)]
        }
        Code::SheetsDiffer => {
            let detail = warning.detail.as_deref().unwrap_or_default();
            let (read, name) = detail.split_once('\t').unwrap_or_default();
            let all = of_file(Decision::AllSheets, say!("review-read-all-sheets"));
            vec![all, of_sheet(read), of_sheet(name)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use directory::{Code, Decision};
    use store::Warning;

    use super::answers;

    #[test]
    fn every_answer_is_a_decision_about_what_the_warning_names() {
        for (code, place, detail, expected) in [
            (Code::CellsMissing, "phone", None, "keep_missing:phone missing_cleared:phone"),
            (Code::DamageKept, "phone:plus", Some("plus"), "damage_meant:phone"),
            (Code::SheetsDiffer, "sheet!B", Some("A\tB"), "all_sheets read_sheet:A read_sheet:B"),
            (Code::KeyMissing, "phone", Some("G"), "read_column:phone ignore_column:phone"),
            (Code::LastLineCut, "", Some("9"), "file_is_whole"),
            (Code::LettersGuessed, "", Some("Zoë"), "letters_are_right"),
            (Code::HeaderUnknown, "D2", Some("notes"), ""),
        ] {
            let warning =
                Warning { code, place: place.to_owned(), cells: 2, detail: detail.map(str::to_owned) };
            let sent: Vec<String> = answers(&warning).into_iter().map(|(sent, _)| sent).collect();
            assert_eq!(sent.join(" "), expected);
            assert!(sent.iter().all(|sent| Decision::of_column_word(sent).is_some()), "{sent:?}");
        }
        for code in Code::ALL.iter().filter(|code| code.asks()) {
            let warning =
                Warning { code: *code, place: String::new(), cells: 2, detail: Some("A\tB".to_owned()) };
            assert!(!answers(&warning).is_empty(), "{}", code.word());
        }
    }
}
