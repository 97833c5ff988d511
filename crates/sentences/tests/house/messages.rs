//! The sentences as Fluent reads them: each key, and the arguments that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// All keys with the arguments that their sentences name. Fails when a file can't be read to its end, or two have one key.
pub(crate) fn messages(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a readable file");
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut named = BTreeSet::new();
            if let Some(pattern) = &message.value {
                of_pattern(pattern, &mut named);
            }
            let before = messages.insert(message.id.name.to_owned(), named);
            assert!(before.is_none(), "{} stands twice", message.id.name);
        }
    }
    messages
}

fn of_pattern(pattern: &Pattern<&str>, named: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => of_inline(inline, named),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                of_inline(selector, named);
                variants.iter().for_each(|variant| of_pattern(&variant.value, named));
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, named: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(named.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = &**expression {
                of_inline(inline, named);
            }
        }
        InlineExpression::TermReference { .. } | InlineExpression::StringLiteral { .. } => {}
        other => panic!("{other:?} is not used in sentences here"),
    }
}
