//! Fixes as a form sends them: with what stood in the cells when the form was made, and with what was pasted beyond its page.

use std::collections::HashMap;

use directory::Code;
use import::{self, Fixed, Target};
use store::{AccountId, FixKind, Import, ImportId, PageStart, Result};

use super::target;
use crate::app::App;

/// What a form holds, by the names of its inputs.
type Pairs = Vec<(String, String)>;

/// Fixes as a form sends them.
pub(super) struct Sent {
    pub(super) fixes: Vec<(Target, FixKind)>,
    /// Cells with the texts that stood there when the form was made.
    seen: Vec<(Target, String)>,
    rest: Option<Rest>,
}

impl Sent {
    /// What a form sends along with its fixes.
    pub(super) fn of(fixes: Vec<(Target, FixKind)>, pairs: &Pairs) -> Self {
        Self { seen: seen(pairs, &fixes), rest: Rest::read(pairs), fixes }
    }

    /// Whether it says whose rows are: then the files are read again.
    pub(super) fn names_rows(&self) -> bool {
        self.fixes.iter().any(|(_, kind)| matches!(kind, FixKind::Names(_)))
    }

    /// Keeps them, and reads the files again where that is needed; answers how many cells that was about.
    pub(super) fn fix(
        &self,
        app: &App,
        account: AccountId,
        id: ImportId,
        actor: &str,
    ) -> Result<(Fixed, i64)> {
        let mut fixes = self.fixes.clone();
        if let (Some(rest), Some(import)) = (&self.rest, app.store.import(account, id)?) {
            fixes.extend(rest.fixes(app, &import)?);
        }
        let fixed = import::fix_seen(app, account, id, &fixes, &self.seen, actor)?;
        if self.names_rows() {
            import::read_now(app, account, id)?;
        }
        let cells = match &fixed {
            Fixed::Kept(import, _) => {
                import::fix_steps(app, import)?[0].as_ref().map_or(0, |step| step.fixes)
            }
            _ => 0,
        };
        Ok((fixed, cells))
    }
}

/// Texts that were pasted and go beyond the page: for the problems of the kind that come after a place.
struct Rest {
    kind: (Code, String),
    after: PageStart,
    texts: Vec<String>,
}

impl Rest {
    /// So many texts at the most.
    const MOST: usize = 5_000;

    fn read(pairs: &Pairs) -> Option<Self> {
        let text =
            |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str());
        let (code, key) = text("kind")?.split_once(':')?;
        let after = PageStart::After(text("rest.after")?.parse().ok()?);
        let texts = pairs.iter().filter(|(name, _)| name == "rest").map(|(_, text)| text.clone());
        Some(Self {
            kind: (Code::of_word(code)?, key.to_owned()),
            after,
            texts: texts.take(Self::MOST).collect(),
        })
    }

    fn fixes(&self, app: &App, import: &Import) -> Result<Vec<(Target, FixKind)>> {
        let fields = app.store.fields(import.account)?;
        let Some(field) = fields.by_key(&self.kind.1) else { return Ok(Vec::new()) };
        let kind = (self.kind.0, field.number);
        let page = import::issues_of_kind(app, import, kind, self.after, self.texts.len() as u32)?;
        let named = page.items.iter().zip(&self.texts).filter_map(|(issue, text)| {
            Some((target::read(&target::of_issue(issue)?)?, FixKind::Value(text.clone())))
        });
        Ok(named.collect())
    }
}

/// Of the cells that are fixed, those of which the form says what stood there.
fn seen(pairs: &Pairs, fixes: &[(Target, FixKind)]) -> Vec<(Target, String)> {
    let said = pairs.iter().filter_map(|(name, text)| Some((name.strip_prefix("was.")?, text)));
    let said: HashMap<&str, &String> = said.collect();
    let was = |(target, kind): &(Target, FixKind)| {
        let FixKind::Value(_) = kind else { return None };
        Some((target.clone(), (*said.get(target.to_string().as_str())?).clone()))
    };
    fixes.iter().filter_map(was).collect()
}

/// A text without what forms change in it: its breaks.
pub(super) fn read_as(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a form may send of a text that nobody has touched: a line of text has no breaks at all.
pub(super) fn shown_as(text: &str) -> [String; 2] {
    [read_as(text), read_as(&text.replace(['\r', '\n'], ""))]
}
