//! A field with who uses it, as its page has it: what every form about it stands on.

use directory::{Field, FieldEdit, Fields};
use import::FieldRefusal;
use maud::Markup;
use store::{FieldUse, Result};

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::action::Weight;
use crate::web::frame::components::question::Question;
use crate::web::frame::errors::{Answer, Failure};

/// A field with who uses it, as somebody sees it.
pub(super) struct FieldPage {
    pub(super) actor: Actor,
    pub(super) fields: Fields,
    pub(super) field: Field,
    pub(super) used: FieldUse,
    /// The first option that is listed.
    pub(super) from: usize,
}

/// What becomes of a form.
pub(super) enum Next {
    /// This is asked first.
    Ask(Markup),
    /// It is done: the word of what is said, and the address where it is said, when it is not this page's.
    Done(&'static str, Option<String>),
    /// It may not be.
    Refused(FieldRefusal),
    /// Somebody else has changed the same since the form was opened: what, in words, and what was typed.
    Overtaken(Vec<String>, Vec<(String, String)>),
    /// No such thing is done here.
    Unknown,
}

impl FieldPage {
    /// The field of a key; users are counted, which may take a while where they are many.
    pub(super) async fn load(app: &App, actor: Actor, key: String, from: usize) -> Answer<Self> {
        let account = actor.account.id;
        let found = app.run_aside(account, move |app| {
            let fields = app.store.fields(account)?;
            let Some(field) = fields.by_key(&key).cloned() else { return Ok(None) };
            let used = app.store.field_use(account, &field)?;
            Ok(Some(Self { actor, fields, field, used, from }))
        });
        found.await?.ok_or(Failure::Unknown)
    }

    pub(super) fn address(&self) -> String {
        format!("/o/{}/fields/{}", self.actor.account.slug, self.field.key)
    }

    /// Edits the field.
    pub(super) fn edited(&self, app: &App, done: &'static str, edits: &[FieldEdit]) -> Result<Next> {
        let (account, actor) = (self.actor.account.id, &self.actor.name);
        let edited = import::edit_field(app, account, actor, &self.field.key, edits)?;
        Ok(edited.map_or_else(Next::Refused, |_| Next::Done(done, None)))
    }

    /// A question about this field; not to do it leads back to its page.
    pub(super) fn question<'q>(
        &'q self,
        words: Markup,
        button: Option<&'q str>,
        weight: Weight,
    ) -> Asked<'q> {
        Asked { back: self.address(), words, button, weight }
    }
}

/// A question whose way back is the page of the field.
pub(super) struct Asked<'q> {
    back: String,
    words: Markup,
    button: Option<&'q str>,
    weight: Weight,
}

impl Asked<'_> {
    pub(super) fn markup(&self, sent: &[(String, String)], more: &Markup) -> Markup {
        let Self { back, words, button, weight } = self;
        Question { words: words.clone(), button: *button, weight: *weight, back }.markup(sent, more)
    }
}
