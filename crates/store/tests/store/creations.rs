//! Rows that name no user create one; a creation is undone by a withdrawal, and that by a return.

use ::store::{Applied, Outcome, PRESENT, UsersQuery};
use directory::{Claim, ClaimKind, Place, PlanCell, UserId, standard};

use ground::on_both;
use ground::scene::{BADGE, NICKNAME, Scene, cell, change, id, line};

const ANN: &str = "ann@acme.example";
const BOB: &str = "bob@acme.example";

fn row(row: u32) -> Place {
    Place::Row { file: 1, row }
}

/// The cells of a row that creates a user.
fn creation(place: Place, email: &str) -> Vec<PlanCell> {
    let mut cells = vec![cell(place, standard::USER, None, Some(PRESENT))];
    cells.extend(line(email).iter().map(|(field, value)| cell(place, *field, None, Some(value))));
    cells
}

fn withdrawal(user: UserId) -> PlanCell {
    change(user, standard::USER, Some(PRESENT), None)
}

fn coming_back(user: UserId) -> PlanCell {
    change(user, standard::USER, None, Some(PRESENT))
}

/// What these tests ask of a scene besides.
trait Creating {
    fn next(&self, more: u64) -> UserId;
    fn listed(&self) -> Vec<UserId>;
    fn count(&self) -> i64;
}

impl Creating for Scene<'_> {
    /// The user that comes so many after the next one.
    fn next(&self, more: u64) -> UserId {
        id(self.store().reserve_users(0).expect("a number") + more)
    }

    fn listed(&self) -> Vec<UserId> {
        let query = UsersQuery { limit: 100, ..UsersQuery::default() };
        let page = self.store().users_page(self.account, &self.fields(), &query).expect("a page");
        page.users.iter().map(|user| user.id()).collect()
    }

    fn count(&self) -> i64 {
        self.store().account_now(self.account).expect("the account").users
    }
}

#[test]
fn rows_without_an_id_become_users() {
    on_both(|app| {
        let scene = Scene::new(app);
        let boss = scene.create_with_emails(&[ANN])[0];
        let (first, second) = (scene.next(0), scene.next(1));
        let mut cells = creation(row(7), ANN);
        cells.extend(creation(row(8), BOB));
        cells.push(cell(row(8), BADGE, None, Some("B-1")));
        cells.push(cell(row(7), standard::MANAGER, None, Some(&row(8).reference())));
        cells.push(change(boss, standard::EMAIL, Some(ANN), Some("boss@acme.example")));
        cells.push(change(boss, standard::MANAGER, None, Some(&row(7).reference())));
        cells.push(cell(row(9), NICKNAME, None, Some("row:1:7")));
        let before = scene.revision();
        assert_eq!(scene.apply(&cells), Applied { revision: before + 1, users: 3, cells: 2 });
        assert_eq!(scene.value(first, standard::EMAIL).as_deref(), Some(ANN), "handed over in the same file");
        assert_eq!(scene.value(first, standard::MANAGER), Some(second.to_string()));
        assert_eq!(scene.value(boss, standard::MANAGER), Some(first.to_string()));
        assert_eq!(scene.next(0), id(second.number() + 1), "each took one number");
        assert_eq!((scene.count(), scene.listed().len()), (3, 3));
        let entries = scene.store().history_of(scene.account, second, u64::MAX, 10).expect("it works");
        let creation: serde_json::Value =
            serde_json::from_str(entries[0].after.as_deref().unwrap_or("")).expect("JSON of all values");
        assert_eq!((entries.len(), entries[0].field, &entries[0].before), (1, standard::USER, &None));
        assert_eq!(creation["102"], "B-1");
        scene.assert_whole();
    });
}

#[test]
fn a_creation_that_claims_what_somebody_has_creates_nobody() {
    on_both(|app| {
        let scene = Scene::new(app);
        scene.create_with_emails(&[ANN]);
        let next = scene.next(0);
        let outcome = scene.try_apply(&creation(row(3), "ANN@acme.example"));
        assert_eq!(outcome, Outcome::Taken(row(3), standard::EMAIL));
        let twice = [creation(row(3), BOB), creation(row(4), BOB)].concat();
        assert!(matches!(scene.try_apply(&twice), Outcome::Taken(Place::Row { .. }, standard::EMAIL)));
        assert_eq!((scene.count(), scene.next(0)), (1, next), "no number was used up");
        scene.apply(&creation(row(3), BOB));
        assert_eq!(scene.value(next, standard::EMAIL).as_deref(), Some(BOB));
        scene.assert_whole();
    });
}

#[test]
fn a_withdrawn_user_is_out_of_lists_and_gives_its_claims_up() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create(&[&line(ANN), &[(standard::USERNAME, "bob"), (BADGE, "7")]]);
        let applied = scene.apply(&[withdrawal(users[1]), change(users[0], BADGE, None, Some("7"))]);
        assert_eq!((applied.users, applied.cells), (2, 1));
        assert_eq!((scene.listed(), scene.count()), (vec![users[0]], 1));
        assert!(scene.store().user(scene.account, &scene.fields(), users[1]).expect("it works").is_empty());
        assert!(
            scene.all().find(users[1]).is_some_and(|user| user.withdrawn()),
            "ranges still show it as withdrawn"
        );
        let claim = Claim { kind: ClaimKind::Username, key: "bob".to_owned() };
        assert_eq!(scene.store().user_with_claim(scene.account, &claim).expect("it works"), None);
        assert_eq!(scene.try_apply(&[withdrawal(users[1])]), Outcome::Moved, "once");
        assert_eq!(
            scene.try_apply(&[change(users[1], NICKNAME, None, Some("x"))]),
            Outcome::Moved,
            "it is not there"
        );
        assert_eq!(scene.try_apply(&[withdrawal(id(9_999))]), Outcome::Moved);
        scene.assert_whole();
    });
}

#[test]
fn a_user_comes_back_unless_somebody_has_its_claims() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create(&[&line(ANN), &line(BOB)]);
        scene.apply(&[withdrawal(users[1])]);
        scene.apply(&[change(users[0], standard::EMAIL, Some(ANN), Some(BOB))]);
        let taken = Outcome::Taken(Place::User(users[1]), standard::EMAIL);
        assert_eq!(scene.try_apply(&[coming_back(users[1])]), taken);
        assert_eq!(scene.count(), 1);
        scene.assert_whole();
        let back = [
            coming_back(users[1]),
            change(users[1], NICKNAME, None, Some("Bobby")),
            change(users[0], standard::EMAIL, Some(BOB), Some(ANN)),
        ];
        scene.apply(&back);
        assert_eq!((scene.count(), scene.listed().len()), (2, 2));
        assert_eq!(scene.value(users[1], NICKNAME).as_deref(), Some("Bobby"));
        assert_eq!(scene.try_apply(&[coming_back(users[1])]), Outcome::Moved, "once");
        scene.apply(&[withdrawal(users[1]), withdrawal(users[0])]);
        scene.apply(&[coming_back(users[0]), coming_back(users[1])]);
        scene.assert_whole();
    });
}
