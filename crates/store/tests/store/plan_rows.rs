//! Rows of a plan, many together: by their places, one after the other, and written again as a moved directory wants them.

use ::store::{FollowedCells, LaterClaim, Store};
use directory::{Claim, ClaimKind, Code, Counts, Place, PlanCell, State, UserId, Wrong};

use ground::on_both;
use ground::scene::{BADGE, NICKNAME, Scene, cell, change, id};

const ROW: Place = Place::Row { file: 2, row: 70_000 };

fn error(cell: PlanCell) -> PlanCell {
    PlanCell { state: State::Error, wrong: Some(Wrong::plain(Code::TooLong)), ..cell }
}

#[test]
fn rows_are_read_many_together_by_their_places() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (store, account, import) = (scene.store(), scene.account, scene.import());
        let lease = scene.claim(import);
        let mut cells = vec![error(cell(ROW, NICKNAME, None, Some("Row")))];
        for number in 1..=200 {
            cells.push(change(id(number), NICKNAME, None, Some("Annie")));
            cells.push(change(id(number), BADGE, None, Some("1")));
        }
        store.stage(&lease, &cells, &[]).expect("it works");
        let odd = (1..=300).rev().filter(|number| number % 2 == 1).map(|number| Place::User(id(number)));
        let places: Vec<Place> = odd.chain([ROW]).collect();
        let expected: Vec<PlanCell> =
            cells.iter().filter(|cell| places.contains(&cell.place)).cloned().collect();
        assert_eq!(store.plan_rows(account, import, &places).expect("it works"), expected);
        assert_eq!(store.plan_rows(account, import, &[]).expect("it works"), []);
        assert_eq!(users_of(store, &scene, import, 7), (1..=200).map(id).collect::<Vec<_>>());
        assert!(store.leave_out(&lease, &[Place::User(id(3)), Place::User(id(4))]).expect("it works"));
        let left_out = store.left_out_among(account, import, &places).expect("it works");
        assert_eq!(left_out.into_iter().collect::<Vec<_>>(), [Place::User(id(3))]);
        let held = store.held_among(account, import, &places).expect("it works");
        assert!(held.len() == 2 && held.contains(&ROW), "{held:?}");
        let first = store.left_out_after(account, import, None, 1).expect("it works");
        assert_eq!(first, [Place::User(id(3))]);
        let rest = store.left_out_after(account, import, Some(first[0]), 10).expect("it works");
        assert_eq!(rest, [Place::User(id(4))]);
        let counted = store.import(account, import).expect("it works").expect("it").counts.left_out;
        assert_eq!(counted, 2);
    });
}

fn users_of(store: &Store, scene: &Scene<'_>, import: ::store::ImportId, limit: usize) -> Vec<UserId> {
    let mut users = Vec::new();
    loop {
        let page = store.users_of_plan(scene.account, import, users.last().copied(), limit);
        let page = page.expect("it works");
        users.extend(&page);
        if page.len() < limit {
            return users;
        }
    }
}

#[test]
fn what_following_makes_of_rows_is_written_together_and_only_under_the_lease() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (store, account, import) = (scene.store(), scene.account, scene.import());
        let lease = scene.claim(import);
        let [one, two, three] = [1, 2, 3].map(|user| change(id(user), NICKNAME, None, Some("Annie")));
        let claim = |key: &str, cell: &PlanCell| LaterClaim {
            claim: Claim { kind: ClaimKind::Field(NICKNAME), key: key.to_owned() },
            place: cell.place,
            field: cell.field,
        };
        let claims = [claim("one", &one), claim("one", &two)];
        store.stage(&lease, &[one.clone(), two.clone(), three.clone()], &claims).expect("it works");
        let judged = PlanCell { now: Some("Nan".to_owned()), ..two };
        let new = error(three);
        let cells = FollowedCells {
            dropped: vec![(one.place, one.field)],
            released: vec![claims[0].clone()],
            judged: vec![judged.clone()],
            new: vec![new.clone()],
            change: Counts { errors: 1, users_to_edit: -2, ..Counts::default() },
        };
        let lost = ::store::Lease { fence: lease.fence - 1, ..lease };
        assert!(!store.keep_followed(&lost, &cells).expect("it works"));
        assert_eq!(store.new_cells(account, import).expect("it works"), 0);
        assert!(store.keep_followed(&lease, &cells).expect("it works"));
        let places = [1, 2, 3].map(|user| Place::User(id(user)));
        assert_eq!(store.plan_rows(account, import, &places).expect("it works"), [judged, new.clone()]);
        let marked = store.new_among(account, import, &[new]).expect("it works");
        assert!(marked.contains(&(places[2], NICKNAME)));
        let claimants = store.claimants(account, import, &claims[0].claim, 100).expect("it works");
        assert_eq!(claimants, claims[1..]);
        let counts = store.import(account, import).expect("it works").expect("it").counts;
        assert_eq!((counts.errors, counts.users_to_edit), (1, -2));
    });
}
