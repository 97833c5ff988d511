//! A source file as the borders see it, read with `syn`: which paths it names, which modules it declares and hands on, which text
//! literals it has.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path that a file names, in a `use` or in code; `segments` has two words or more, or is a whole `use`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) line: usize,
    /// The modules of the file itself that it stands in: `tests` in most cases, or none.
    pub(super) inside: Vec<String>,
    pub(super) segments: Vec<String>,
}

/// What a file says that a border may be about.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) named: Vec<Named>,
    /// What it imports under a name of its own: the name, and the whole path.
    pub(super) handed_on: Vec<(String, Vec<String>)>,
    /// The modules that it declares and that have files of their own.
    pub(super) modules: Vec<String>,
    pub(super) literals: Vec<(usize, String)>,
    inside: Vec<String>,
}

impl Source {
    /// Reads a file; a text that is no Rust says so.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let file = syn::parse_file(text).map_err(|error| error.to_string())?;
        let mut source = Self::default();
        source.visit_file(&file);
        Ok(source)
    }

    fn name(&mut self, line: usize, segments: Vec<String>) {
        self.named.push(Named { line, inside: self.inside.clone(), segments });
    }

    /// The branches of a `use`, each as a path of its own.
    fn take_tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>, public: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.take_tree(&path.tree, before, public);
                before.pop();
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.take_tree(tree, before, public));
            }
            syn::UseTree::Name(name) => self.take_end(&name.ident, &name.ident, before, public),
            syn::UseTree::Rename(rename) => self.take_end(&rename.ident, &rename.rename, before, public),
            syn::UseTree::Glob(glob) => self.name(line_of(glob.star_token.spans[0]), before.clone()),
        }
    }

    fn take_end(&mut self, end: &syn::Ident, name: &syn::Ident, before: &[String], public: bool) {
        let mut segments = before.to_vec();
        if end != "self" {
            segments.push(end.to_string());
        }
        if public && self.inside.is_empty() {
            let name =
                if name == "self" { segments.last().cloned().unwrap_or_default() } else { name.to_string() };
            self.handed_on.push((name, segments.clone()));
        }
        self.name(line_of(end.span()), segments);
    }

    /// Paths and texts within a macro, whose grammar nobody here knows: words that `::` joins.
    fn take_tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons): (Vec<String>, usize) = (Vec::new(), 0);
        let mut start = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.end_path(start, &mut path);
                        start = line_of(word.span());
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                other => {
                    self.end_path(start, &mut path);
                    colons = 0;
                    self.take_token(other);
                }
            }
        }
        self.end_path(start, &mut path);
    }

    fn take_token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => self.take_tokens(group.stream()),
            TokenTree::Literal(literal) => {
                let line = line_of(literal.span());
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    self.literals.push((line, text.value()));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }

    fn end_path(&mut self, line: usize, path: &mut Vec<String>) {
        let segments = std::mem::take(path);
        if segments.len() > 1 {
            self.name(line, segments);
        }
    }
}

impl<'ast> Visit<'ast> for Source {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    /// Who may see a thing is no use of the place that is named.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        self.take_tree(&item.tree, &mut Vec::new(), public);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.content.is_none() {
            return self.modules.push(item.ident.to_string());
        }
        self.inside.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.inside.pop();
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.name(path.segments.first().map_or(0, |first| line_of(first.ident.span())), segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.take_tokens(item.tokens.clone());
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.literals.push((line_of(literal.span()), literal.value()));
    }
}

fn line_of(span: proc_macro2::Span) -> usize {
    span.start().line
}
