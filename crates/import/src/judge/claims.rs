//! Who may have what only one user may have. Equal claims are a group; a group is judged once, and what is said of it is said of each
//! of its claims. How many they are, and which rows, [`super::rivals`] reads when somebody looks.

use std::collections::BTreeSet;

use directory::{Claim, ClaimKind, Code, Fields, NOT_CHECKED, Place, PlanCell, UserId, Where, Wrong};

use super::{Purpose, gives_up};
use crate::Context;
use store::{AccountId, ImportId, Result, Store};

/// Who makes the claims of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimants {
    /// One row.
    One(Place),
    /// More than one.
    Several,
}

impl Claimants {
    /// Who they are, from the rows of all claims of a group, or of two of them; none when nobody claims anything.
    pub(crate) fn of(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        let mut places = places.into_iter();
        let first = places.next()?;
        let alone = places.all(|place| place == first);
        Some(if alone { Self::One(first) } else { Self::Several })
    }
}

/// A user, with the account that they belong to.
pub(crate) type Holder = (AccountId, UserId);

/// Judges groups of claims, one after the other. When [`ClaimJudge::goes_again`] says so after the last of them, all of them are to be
/// judged once more.
pub(crate) struct ClaimJudge<'j> {
    app: &'j Context,
    account: AccountId,
    purpose: Purpose,
    /// Whether the account is beyond its answers of today about others; none while that has not been asked.
    beyond: Option<bool>,
    /// Whether it came to be so after something else was judged as if it were not.
    crossed: bool,
    /// What support released for the account; none while that has not been asked.
    released: Option<BTreeSet<Claim>>,
}

/// Of how many values a day an account is told that somebody elsewhere has them; who asks for more is probing.
const ELSEWHERE_A_DAY: i64 = 50;
const DAY: i64 = 24 * 60 * 60 * 1_000;

impl<'j> ClaimJudge<'j> {
    pub(crate) fn new(app: &'j Context, account: AccountId, purpose: Purpose) -> Self {
        Self { app, account, purpose, beyond: None, crossed: false, released: None }
    }

    /// What is wrong with every claim of a group, if anything is. `holder` says who has it now and does not give it up; where several
    /// rows want it, that is not asked.
    pub(crate) fn verdict(
        &mut self,
        claim: &Claim,
        claimants: Claimants,
        holder: impl FnOnce() -> Result<Option<Holder>>,
    ) -> Result<Option<Wrong>> {
        let Claimants::One(place) = claimants else {
            return Ok(Some(taken(claim, Where::ThisFile, None)));
        };
        match holder()? {
            Some((_, user)) if place == Place::User(user) => self.unchecked(claim),
            Some((of, user)) if of == self.account => {
                Ok(Some(taken(claim, Where::ThisAccount, Some(user.to_string()))))
            }
            Some(_) => self.elsewhere(claim).map(Some),
            None => self.unchecked(claim),
        }
    }

    /// Whether what was judged before the limit was crossed has to be judged again: were what is free told so, it would be known of all else
    /// that it is taken, and what is told would depend on which came first.
    pub(crate) fn goes_again(&mut self) -> bool {
        std::mem::take(&mut self.crossed)
    }

    /// Somebody who is no user of this account has it; whether that is told depends on how often it was today.
    fn elsewhere(&mut self, claim: &Claim) -> Result<Wrong> {
        let was_beyond = self.is_beyond()?;
        let (app, day) = (self.app, today(self.app));
        if self.is_released(claim)? || app.store.tell_elsewhere(self.account, day, claim, ELSEWHERE_A_DAY)? {
            return Ok(taken(claim, Where::Elsewhere, None));
        }
        if !was_beyond && !self.purpose.is_of_undo() {
            let account = self.account;
            tracing::warn!(?account, "an account has asked too often today who has an email or username");
            (self.beyond, self.crossed) = (Some(true), true);
        }
        Ok(not_checked())
    }

    /// What is wrong with a claim that nobody contests, for an account that asked too often today: were it told what is free, it would
    /// know of all else that it is taken. What the account has itself, it may move around; what support released for it is no question.
    fn unchecked(&mut self, claim: &Claim) -> Result<Option<Wrong>> {
        let is_own = matches!(claim.kind, ClaimKind::Field(_));
        if is_own || !self.is_beyond()? || self.is_released(claim)? {
            return Ok(None);
        }
        let is_held = self.app.store.holder(self.account, claim)?.is_some();
        Ok((!is_held).then(not_checked))
    }

    fn is_beyond(&mut self) -> Result<bool> {
        if let Some(beyond) = self.beyond {
            return Ok(beyond);
        }
        let told = || self.app.store.told_elsewhere(self.account, today(self.app));
        let beyond = self.purpose.asks() && told()? >= ELSEWHERE_A_DAY;
        Ok(*self.beyond.insert(beyond))
    }

    fn is_released(&mut self, claim: &Claim) -> Result<bool> {
        if self.released.is_none() {
            let released = self.app.store.released_claims(self.account)?;
            self.released = Some(released.into_iter().collect());
        }
        Ok(self.released.as_ref().is_some_and(|released| released.contains(claim)))
    }
}

fn taken(claim: &Claim, holder: Where, detail: Option<String>) -> Wrong {
    let code = if matches!(claim.kind, ClaimKind::Field(_)) { Code::NotUnique } else { Code::LoginInUse };
    Wrong { code, detail, holder: Some(holder), suggestions: Vec::new() }
}

/// The same words, and nothing else, for what is free and for what somebody elsewhere has.
fn not_checked() -> Wrong {
    Wrong::with(Code::LoginInUse, NOT_CHECKED)
}

fn today(app: &Context) -> i64 {
    app.clock.now().0 / DAY
}

/// Who has a claim now and does not give it up in this plan. `row_of` gives the cells of a row that stands (is not left out).
pub(crate) fn staying_holder(
    store: &Store,
    account: AccountId,
    fields: &Fields,
    claim: &Claim,
    row_of: impl FnOnce(Place) -> Result<Vec<PlanCell>>,
) -> Result<Option<Holder>> {
    staying(store.holder(account, claim)?, account, fields, claim, row_of)
}

/// The same of who is known to have it.
pub(crate) fn staying(
    holder: Option<Holder>,
    account: AccountId,
    fields: &Fields,
    claim: &Claim,
    row_of: impl FnOnce(Place) -> Result<Vec<PlanCell>>,
) -> Result<Option<Holder>> {
    let Some((of, user)) = holder else { return Ok(None) };
    if of != account {
        return Ok(Some((of, user)));
    }
    let goes = gives_up(&row_of(Place::User(user))?, claim, fields);
    Ok((!goes).then_some((of, user)))
}

/// The cells of a row of the plan that are to be written; none when it is left out.
pub(crate) fn standing_row(
    store: &Store,
    account: AccountId,
    import: ImportId,
    place: Place,
) -> Result<Vec<PlanCell>> {
    if store.is_left_out(account, import, place)? {
        return Ok(Vec::new());
    }
    store.plan_row(account, import, place)
}

#[cfg(test)]
mod tests {
    use super::{Claimants, Place};

    #[test]
    fn one_row_is_no_rival_of_itself() {
        let row = |row| Place::Row { file: 1, row };
        assert_eq!(Claimants::of([]), None);
        assert_eq!(Claimants::of([row(3), row(3)]), Some(Claimants::One(row(3))));
        assert_eq!(Claimants::of([row(3), row(3), row(4)]), Some(Claimants::Several));
    }
}
