//! What a step of fixes means for other rows: whoever claims what was touched is judged again, and so are the cells that name somebody
//! who is there by the plan alone.

use std::collections::BTreeMap;

use directory::{Claim, ClaimKind, FieldNumber, Fields, Place, PlanCell, State};

use super::claims::{ClaimJudge, Claimants, standing_row, staying_holder};
use super::overlay::Overlay;
use super::people::People;
use super::{Purpose, claims_of_row, is_contested, named, names_of, new_user, nobody, restore, sign_in_of};
use store::{LaterClaim, Result};

impl Overlay<'_> {
    /// Judges again everyone whose verdict depends on what was touched.
    pub(crate) fn settle_claims(&mut self) -> Result<()> {
        let mut judge = ClaimJudge::new(self.app, self.account.id, Purpose::Review);
        let mut claiming = Claiming::default();
        let standing = self.rows.iter().filter(|(_, row)| !row.left_out);
        standing.for_each(|(_, row)| claiming.add(&row.cells, &self.fields));
        let touched = std::mem::take(&mut self.touched).into_iter();
        let (people, claims): (Vec<Claim>, Vec<Claim>) =
            touched.partition(|claim| claim.kind == ClaimKind::Person);
        loop {
            for claim in claims.iter().filter(|claim| claim.kind != ClaimKind::Row) {
                self.settle_claim(claim, &mut claiming, &mut judge)?;
            }
            if !judge.goes_again() {
                break;
            }
        }
        for claim in &people {
            self.settle_references(claim, &mut claiming)?;
        }
        self.offer_people()
    }

    /// Offers whom a name means that was typed in place of a user, as reading a file does.
    fn offer_people(&mut self) -> Result<()> {
        let mut people = People::new(&self.app.store, self.account.id);
        self.rows.values_mut().try_for_each(|row| people.offer(&mut row.cells))
    }

    fn settle_claim(
        &mut self,
        claim: &Claim,
        claiming: &mut Claiming,
        judge: &mut ClaimJudge<'_>,
    ) -> Result<()> {
        let (store, account, import) = (&self.app.store, self.account.id, self.import.id);
        let beyond = self.beyond(claim)?;
        // One that stands alone beyond is freed or contested now; two were rivals before, and stay so.
        if let Some(Claimants::One(place)) = Claimants::of(beyond.iter().copied()) {
            let cells = self.row(place)?.cells.clone();
            claiming.add(&cells, &self.fields);
        }
        let group = claiming.0.get(claim).cloned().unwrap_or_default();
        let Some(claimants) = Claimants::of(group.iter().map(|(place, _)| *place).chain(beyond)) else {
            return Ok(());
        };
        let (rows, fields) = (&self.rows, &self.fields);
        let row_of = |place| match rows.get(&place) {
            Some(row) if row.left_out => Ok(Vec::new()),
            Some(row) => Ok(row.cells.clone()),
            None => standing_row(store, account, import, place),
        };
        let holder = || staying_holder(store, account, fields, claim, row_of);
        let wrong = judge.verdict(claim, claimants, holder)?;
        for (place, field) in group {
            let row = self.row(place)?;
            let Some(cell) = row.cells.iter_mut().find(|cell| cell.field == field) else { continue };
            match &wrong {
                Some(wrong) => (cell.state, cell.wrong) = (State::Error, Some(wrong.clone())),
                None if is_contested(cell) => restore(cell),
                None => {}
            }
        }
        Ok(())
    }

    /// Rows of the plan that claim something and are not at hand; of many, two at least.
    fn beyond(&self, claim: &Claim) -> Result<Vec<Place>> {
        // Rows at hand may have claimed it before: two more than those tell whether there are two others.
        let most = self.rows.len() + 2;
        let kept = self.app.store.claimants(self.account.id, self.import.id, claim, most)?;
        Ok(kept.iter().map(|kept| kept.place).filter(|place| !self.rows.contains_key(place)).collect())
    }

    /// Judges again every cell that names somebody so.
    fn settle_references(&mut self, person: &Claim, claiming: &mut Claiming) -> Result<()> {
        let (store, account, import) = (&self.app.store, self.account.id, self.import.id);
        for LaterClaim { place, .. } in store.claimants(account, import, person, usize::MAX >> 1)? {
            if !self.rows.contains_key(&place) {
                let cells = self.row(place)?.cells.clone();
                claiming.add(&cells, &self.fields);
            }
        }
        for (place, field) in claiming.0.get(person).cloned().unwrap_or_default() {
            let found = self.row(place)?.cells.iter().find(|cell| cell.field == field).cloned();
            // What it names may be another one by now.
            let Some(mut cell) = found.filter(|cell| names_of(cell).as_ref() == Some(person)) else {
                continue;
            };
            self.judge_reference(&mut cell, claiming)?;
            if let Some(old) = self.row(place)?.cells.iter_mut().find(|cell| cell.field == field) {
                *old = cell;
            }
        }
        Ok(())
    }

    fn judge_reference(&mut self, cell: &mut PlanCell, claiming: &Claiming) -> Result<()> {
        if let Some(row) = cell.mine.as_deref().and_then(Place::of_reference) {
            let creating = self.row(row)?;
            let stands = !creating.left_out && creating.cells.iter().any(new_user::is_of_new_user);
            match (stands, cell.state) {
                (false, _) => nobody(cell),
                (true, State::Error) => restore(cell),
                (true, _) => {}
            }
            return Ok(());
        }
        let Some(claim) = sign_in_of(cell) else { return Ok(()) };
        let at_hand = claiming.0.get(&claim).into_iter().flatten().map(|(place, _)| *place);
        if let Some(Claimants::One(place)) = Claimants::of(at_hand.chain(self.beyond(&claim)?)) {
            named(cell, place.reference());
        }
        Ok(())
    }
}

/// Which cells of the rows at hand make which claim.
#[derive(Default)]
struct Claiming(BTreeMap<Claim, Vec<(Place, FieldNumber)>>);

impl Claiming {
    fn add(&mut self, cells: &[PlanCell], fields: &Fields) {
        for LaterClaim { claim, place, field } in claims_of_row(cells, fields) {
            self.0.entry(claim).or_default().push((place, field));
        }
    }
}
