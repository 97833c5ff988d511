//! A source as tokens: the literals in it that people would read, and the sentences that it says by key.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What was found in a file, each with its line.
#[derive(Default)]
pub(crate) struct Source {
    /// Literals that look like sentences, or are texts of a page.
    pub(crate) outside: Vec<(usize, String)>,
    /// Keys with the names of their arguments.
    pub(crate) said: Vec<(usize, String, BTreeSet<String>)>,
    is_page: bool,
}

/// What a literal would be at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// In code.
    Code,
    /// In a page, between tags.
    Text,
    /// In a page, the value of an attribute that people read, or of another.
    ReadAttribute,
    Attribute,
    /// Names of classes.
    Class,
}

/// Macros whose literals nobody reads but operators and developers.
const UNREAD: [&str; 14] = [
    "error",
    "warn",
    "info",
    "debug",
    "trace",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "include_str",
    "concat",
    "env",
    "panic",
    "unreachable",
];
/// Functions of the same kind: words for operators, and reasons that never show.
const UNREAD_CALLS: [&str; 2] = ["Failed", "expect"];
/// Attributes whose value people read or hear.
const READ_ATTRIBUTES: [&str; 5] = ["label", "title", "alt", "placeholder", "description"];

pub(crate) fn read(path: &str, text: &str) -> Source {
    let tokens: TokenStream = text.parse().expect("tokens of Rust");
    let mut source = Source { is_page: path.contains("/web/"), ..Source::default() };
    source.walk(tokens, At::Code);
    source
}

impl Source {
    fn walk(&mut self, tokens: TokenStream, at: At) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut place = 0;
        while place < tokens.len() {
            place += match &tokens[place] {
                TokenTree::Punct(sign) if sign.as_char() == '#' => attribute(&tokens[place..]),
                TokenTree::Ident(word) => self.named(&word.to_string(), &tokens[place..], at),
                TokenTree::Literal(_) => {
                    let at = if at == At::Text { of_attribute(&tokens[..place]) } else { at };
                    self.literal(&tokens[place], at);
                    1
                }
                TokenTree::Group(group) => {
                    self.walk(group.stream(), inside(group, &tokens[..place], at));
                    1
                }
                TokenTree::Punct(_) => 1,
            };
        }
    }

    /// A word: a macro or a call that is looked into differently, or nothing. Tells how many tokens were taken.
    fn named(&mut self, word: &str, tokens: &[TokenTree], at: At) -> usize {
        match tokens {
            [_, TokenTree::Punct(bang), TokenTree::Group(group), ..] if bang.as_char() == '!' => {
                match word {
                    "say" | "say_markup" => self.say(group),
                    "html" => self.walk(group.stream(), At::Text),
                    word if UNREAD.contains(&word) => {}
                    _ => self.walk(group.stream(), At::Code),
                }
                3
            }
            [_, TokenTree::Group(_), ..] if UNREAD_CALLS.contains(&word) && at == At::Code => 2,
            _ => 1,
        }
    }

    /// `("key", name = value, ...)`.
    fn say(&mut self, group: &Group) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let Some(TokenTree::Literal(key)) = tokens.first() else { return };
        let given = tokens.windows(3).filter_map(|three| match three {
            [TokenTree::Punct(comma), TokenTree::Ident(name), TokenTree::Punct(equals)]
                if comma.as_char() == ',' && equals.as_char() == '=' =>
            {
                Some(name.to_string())
            }
            _ => None,
        });
        let key = (key.span().start().line, key.to_string().trim_matches('"').to_owned());
        self.said.push((key.0, key.1, given.collect()));
        self.walk(tokens.into_iter().skip(1).collect(), At::Code);
    }

    fn literal(&mut self, token: &TokenTree, at: At) {
        let Ok(literal) = syn::parse2::<syn::LitStr>(TokenStream::from(token.clone())) else { return };
        let text = literal.value();
        let is_read = match at {
            // A single letter is a sign.
            At::Text | At::ReadAttribute => text.chars().filter(|letter| letter.is_alphabetic()).count() > 1,
            At::Code => is_sentence(&text) || self.is_page && is_label(&text),
            // Names of ids have hyphens.
            At::Attribute => is_sentence(&text) && !text.contains('-'),
            At::Class => false,
        };
        if is_read {
            self.outside.push((token.span().start().line, text));
        }
    }
}

/// An attribute of Rust, and with `#[cfg(test)]` and `#[test]` the item behind it.
fn attribute(tokens: &[TokenTree]) -> usize {
    let [_, TokenTree::Group(group), rest @ ..] = tokens else {
        // `#!` of a whole file, or `#id` of a page.
        return if matches!(tokens, [_, TokenTree::Punct(_), TokenTree::Group(_), ..]) { 3 } else { 1 };
    };
    let text = group.stream().to_string().replace(' ', "");
    if group.delimiter() != Delimiter::Bracket || !(text == "test" || text == "cfg(test)") {
        return if group.delimiter() == Delimiter::Bracket { 2 } else { 1 };
    }
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    2 + rest.iter().position(is_end).map_or(rest.len(), |end| end + 1)
}

/// What stands in a group inside a page: in parentheses and brackets code, in braces behind `=` the value of an attribute.
fn inside(group: &Group, before: &[TokenTree], at: At) -> At {
    match group.delimiter() {
        Delimiter::Brace if at == At::Text => of_attribute(before),
        Delimiter::Brace => at,
        _ => At::Code,
    }
}

/// Behind `name=` a value of that attribute; else a text.
fn of_attribute(before: &[TokenTree]) -> At {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(sign)] if sign.as_char() == '=' => {
            match name.to_string().as_str() {
                "class" => At::Class,
                name if READ_ATTRIBUTES.contains(&name) => At::ReadAttribute,
                _ => At::Attribute,
            }
        }
        [.., TokenTree::Punct(sign)] if sign.as_char() == '=' => At::Attribute,
        _ => At::Text,
    }
}

/// The literals of a script that look like sentences: what stands between ' or `, outside of comments, and begins with a capital or with
/// what is put in. Selectors and names of classes begin otherwise.
pub(crate) fn of_script(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.trim_start();
        if code.starts_with("//") || code.starts_with("/*") || code.starts_with('*') {
            continue;
        }
        for quote in ['\'', '`'] {
            let literals = code.split(quote).skip(1).step_by(2);
            let begins = |text: &&str| text.starts_with("${") || text.starts_with(char::is_uppercase);
            let sentences = literals.filter(begins).filter(|text| is_sentence(text));
            found.extend(sentences.map(|text| (number, text.to_owned())));
        }
    }
    found
}

/// Two words of two letters or more beside each other, outside of what is filled in.
fn is_sentence(text: &str) -> bool {
    let (mut plain, mut depth) = (String::new(), 0);
    for letter in text.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        plain.push(if depth > 0 || letter == '}' { '#' } else { letter });
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.chars().count() > 1 && word.chars().all(|letter| letter.is_alphabetic() || "’'".contains(letter))
    };
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.windows(2).any(|two| is_word(two[0]) && is_word(two[1]))
}

/// A word with a capital, as on a button.
fn is_label(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase)
        && text.len() > 2
        && letters.all(|letter| letter.is_lowercase() || letter == ' ')
}
