//! Answers that people want offered again: what a text of a file becomes in a field, month after month. They are kept in stored form, so
//! that an option that gets another name is offered by that, and one that was retired is offered no more. Nothing applies them: whoever
//! reviews the next file finds them filled in.

use directory::{Code, Field, FieldNumber, Kind, Read};
use workbook::{Cell, Position};

use crate::Context;
use store::{AccountId, KeptAnswer, Result, Time};

/// An answer that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The field.
    pub field: FieldNumber,
    /// The text of the file.
    pub text: String,
    /// What it becomes, as people type it.
    pub becomes: String,
}

/// An answer that is kept, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAnswer {
    /// The field.
    pub field: Field,
    /// The text of a file.
    pub text: String,
    /// What it becomes.
    pub becomes: String,
    /// Whether it is offered: not when it is an option that was retired since.
    pub offered: bool,
    /// Who said so.
    pub actor: String,
    /// When.
    pub at: Time,
}

/// The longest text to which an answer is kept, in characters.
const LONGEST: usize = 200;

/// Whether answers to a kind of problem in a field can be kept: not where each user must have a value of their own, and not where only
/// the rest of the file tells what is meant.
pub fn takes_answers(code: Code, field: &Field) -> bool {
    let own = [
        Code::LoginInUse,
        Code::NotUnique,
        Code::NoSignIn,
        Code::ReadOnly,
        Code::AmbiguousDate,
        Code::Required,
    ];
    let is_of_one = matches!(field.kind, Kind::Email | Kind::Username | Kind::User) || field.unique;
    !own.contains(&code) && !is_of_one && !field.read_only && !field.retired
}

/// Keeps answers; answers how many could be: those whose field reads what they become as a value.
///
/// # Errors
/// When the store fails.
pub fn keep_answers(app: &Context, account: AccountId, new: &[NewAnswer], actor: &str) -> Result<i64> {
    let (fields, reading) = (app.store.fields(account)?, app.store.account_now(account)?.reading);
    let kept: Vec<KeptAnswer> = new
        .iter()
        .filter_map(|answer| {
            let field = fields.get(answer.field).filter(|field| takes_answers(Code::NotAChoice, field))?;
            let text = answer.text.trim();
            let cell = Cell::text(Position { row: 1, column: 1 }, &answer.becomes);
            let Ok(Read::Value(Some(value))) = field.read(Some(&cell), &reading) else { return None };
            let is_fit = !text.is_empty() && text.chars().count() <= LONGEST;
            let (text, value) = (text.replace("\r\n", "\n"), value);
            is_fit.then(|| KeptAnswer {
                field: field.number,
                text,
                value,
                actor: actor.to_owned(),
                at: app.clock.now(),
            })
        })
        .collect();
    if !kept.is_empty() {
        app.store.keep_answers(account, &kept)?;
    }
    Ok(kept.len() as i64)
}

/// All answers of an account, in the order of the fields.
///
/// # Errors
/// When the store fails.
pub fn answers(app: &Context, account: AccountId) -> Result<Vec<ShownAnswer>> {
    let fields = app.store.fields(account)?;
    let shown = |kept: KeptAnswer| {
        let field = fields.get(kept.field)?.clone();
        let (becomes, offered) =
            (field.shown(Some(&kept.value), None), field.offers(&kept.value) && !field.retired);
        Some(ShownAnswer { field, text: kept.text, becomes, offered, actor: kept.actor, at: kept.at })
    };
    Ok(app.store.answers(account)?.into_iter().filter_map(shown).collect())
}

/// Forgets the answer to a text in the field of a key. False when there is none.
///
/// # Errors
/// When the store fails.
pub fn forget_answer(app: &Context, account: AccountId, key: &str, text: &str) -> Result<bool> {
    match app.store.fields(account)?.by_key(key) {
        Some(field) => app.store.forget_answer(account, field.number, text),
        None => Ok(false),
    }
}
