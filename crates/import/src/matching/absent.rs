//! Who is not in the file: the active users whom a table does not name. They are counted and kept to be shown; nobody is changed unless
//! people say so in this import.

use directory::{Code, Fields, Place, PlanCell, User, UserId, Users, Verdict, standard};
use store::{Account, Result, Warning};

use crate::judge::{Lines, RowJudge, Whom, planned};
use crate::lease::Working;

/// Users that are read together.
const CHUNK: usize = 1_000;
/// Users of a page that people are shown.
pub const SHOWN: usize = 100;

/// Goes through the active users whom the files do not name, keeps them to be shown, and hands the cells on that make each inactive,
/// where that is `wanted`. Answers the warning that says how many they are; none where everybody is named.
pub(crate) fn not_in_file(
    working: &Working,
    account: &Account,
    fields: &Fields,
    (is_named, wanted): (impl Fn(UserId) -> bool, bool),
    mut take: impl FnMut(Vec<PlanCell>),
) -> Result<Option<Warning>> {
    let store = &working.app.store;
    let (mut after, mut users, mut page) = (0, Users::new(fields), Vec::new());
    let (mut part, mut cells) = (0, 0);
    while !working.is_lost() {
        store.users_after(account.id, after, i64::MAX as u64, CHUNK, &mut users)?;
        let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
        after = last.id().number();
        for user in users.iter().filter(|user| is_active(user) && !is_named(user.id())) {
            cells += 1;
            page.push(user.id());
            if page.len() == SHOWN {
                store.keep_not_in_file(&working.lease, part, &page)?;
                part += 1;
                page.clear();
            }
            if wanted {
                take(inactive(working, account, fields, &user)?);
            }
        }
    }
    if !page.is_empty() || part == 0 {
        store.keep_not_in_file(&working.lease, part, &page)?;
    }
    Ok((cells > 0).then_some(Warning { code: Code::NotInFile, place: String::new(), cells, detail: None }))
}

fn is_active(user: &User<'_>) -> bool {
    !user.withdrawn() && user.value(standard::STATUS) == Some("active")
}

/// The cells of a user who becomes inactive.
fn inactive(working: &Working, account: &Account, fields: &Fields, user: &User<'_>) -> Result<Vec<PlanCell>> {
    let now = user.value(standard::STATUS);
    let verdict = Verdict::Change(Some("inactive".to_owned()));
    let place = Place::User(user.id());
    let cell = planned(place, standard::STATUS, (now, now), verdict, Some("Inactive".to_owned()));
    let mut cells: Vec<PlanCell> = cell.into_iter().collect();
    RowJudge::new(&working.app.store, account, fields).row(Whom::User(user), &mut cells, Lines::NONE)?;
    Ok(cells)
}
