//! Two administrators in one review: a text is not laid over what somebody else has put there since it was looked at.

use ::import::{self, Fixed, Target};
use ::store::{FixKind, Import};

use ground::office::{ANN, BOB, Office};
use ground::on_both;

/// What came of a text over a cell that said something when it was looked at: `kept`, or who put what there.
fn fixed(
    office: &Office<'_>,
    import: &Import,
    (target, was, text): (&Target, &str, &str),
    by: &str,
) -> String {
    let fixes = [(target.clone(), FixKind::Value(text.to_owned()))];
    let seen = [(target.clone(), was.to_owned())];
    match import::fix_seen(office.app, office.account.id, import.id, &fixes, &seen, by).expect("the store") {
        Fixed::Kept(..) => "kept".to_owned(),
        Fixed::Overtaken(cells) => {
            let cell = &cells[0];
            let by = cell.by.as_ref().map_or("nobody", |(who, _)| who.as_str());
            format!("{} of {}: {:?} by {by}", cell.of.0, cell.of.1, cell.now)
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn a_text_is_not_laid_over_what_somebody_else_put_there() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Sails").with(1, "department", "Fin");
        let import = office.upload(sheet.text().as_bytes());
        let at = |user: usize, key: &str| Target::Cell(sheet.name(user, key).parse().expect("a cell"));
        let (ada, bo) = (at(0, "department"), at(1, "department"));
        let by_user = Target::Field(office.ids[0], "department".to_owned());
        for (step, expected) in [
            // Nobody came between.
            ((&ada, "Sails", "Finance", ANN), "kept"),
            // The other one still sees what the file says.
            ((&ada, "Sails", "Commercial", BOB), r#"Department of Ada Quill: "Finance" by ann@acme.example"#),
            // However the cell is named.
            (
                (&by_user, "Sails", "Commercial", BOB),
                r#"Department of Ada Quill: "Finance" by ann@acme.example"#,
            ),
            // Who has seen it may; breaks and blanks are no difference.
            ((&ada, " Finance\r\n", "Commercial", BOB), "kept"),
            // The same sent once more, because the answer got lost.
            ((&ada, "Finance", "Commercial", BOB), "kept"),
            // What is as the directory has it is not in the plan any more, and was put right all the same.
            ((&ada, "Commercial", "Sales", ANN), "kept"),
            ((&ada, "Commercial", "Finance", BOB), r#"Department of Ada Quill: "Sales" by ann@acme.example"#),
            ((&ada, "Sales", "Finance", BOB), "kept"),
            // Another cell is another matter.
            ((&bo, "Fin", "Sales", BOB), "kept"),
        ] {
            let (target, was, text, by) = step;
            assert_eq!(
                fixed(&office, &import, (target, was, text), by),
                expected,
                "{target} {was} -> {text}"
            );
        }
        let now = office.app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!(
            office.changes(&now),
            [r#"Ada Quill: Department "Sales" -> "Finance""#, r#"Bo Rowe: Department "Finance" -> "Sales""#]
        );
        // Nothing of a step is kept when one of its cells was overtaken.
        let fixes = [(&ada, "Commercial"), (&bo, "Commercial")]
            .map(|(target, text)| (target.clone(), FixKind::Value(text.to_owned())));
        let seen = [(ada, "Sails".to_owned()), (bo, "Sales".to_owned())];
        let answer = import::fix_seen(office.app, office.account.id, import.id, &fixes, &seen, ANN);
        assert!(matches!(&answer, Ok(Fixed::Overtaken(cells)) if cells.len() == 1), "{answer:?}");
        let after = office.app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!(after.plan, now.plan);
    });
}
