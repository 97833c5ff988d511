//! Rows that say a word that means nothing to this program: a newer one wrote it, or it was damaged. They take no other row away.

use ::store::{Error, ImportKind, ImportState, Randomness, Role, Store, TicketState};
use ground::scene::{Scene, rows, work_rows};
use ground::{NOW, on_both};

#[test]
fn an_import_of_an_unknown_state_or_kind_is_shown_among_the_others() {
    on_both(|app| {
        let scene = Scene::new(app);
        let [state, kind, good] = [(); 3].map(|()| scene.import());
        work_rows(app, &format!("UPDATE import SET state = 'bogus' WHERE id = {}", state.number()));
        let sql = "UPDATE import SET kind = 'bogus', complete = 'bogus', stage = 'bogus' WHERE id = ";
        work_rows(app, &format!("{sql}{}", kind.number()));
        let listed =
            scene.store().import(scene.account, state).expect("it can be read").expect("it is there");
        assert_eq!(listed.state, ImportState::Unreadable);
        let listed = scene.store().import(scene.account, kind).expect("it can be read").expect("it is there");
        assert_eq!((listed.kind, listed.state), (ImportKind::Unreadable, ImportState::Reading));
        let listed = scene.store().imports(scene.account, None, 10).expect("it can be read");
        assert!(listed.iter().any(|import| import.id == good && import.state == ImportState::Reading));
        assert!(listed.iter().any(|import| import.id == state), "who started it finds it");
    });
}

#[test]
fn a_ticket_of_an_unknown_state_is_shown_among_the_others() {
    on_both(|app| {
        let scene = Scene::new(app);
        for (number, state) in [(1, "open"), (2, "bogus")] {
            work_rows(
                app,
                &format!(
                    "INSERT INTO ticket (number, account, import, state, raised_by, raised_at, changed_at)
                     SELECT {number}, account, id, '{state}', 'priya@acme', {number}, 1 FROM import WHERE id = {}",
                    scene.import().number()
                ),
            );
        }
        let states = |tickets: Vec<::store::Ticket>| {
            let mut states: Vec<_> =
                tickets.into_iter().map(|ticket| (ticket.number, ticket.state)).collect();
            states.sort_unstable_by_key(|(number, _)| *number);
            states
        };
        let both = [(1, TicketState::Open), (2, TicketState::Unreadable)];
        assert_eq!(states(scene.store().tickets(scene.account, 10).expect("it can be read")), both);
        assert_eq!(states(app.store.tickets_of_all(None, 10).expect("it can be read")), both);
    });
}

#[test]
fn an_unknown_role_allows_nothing_and_takes_nobody_elses_away() {
    on_both(|app| {
        let (acme, zeta) = (Scene::named(app, "acme"), Scene::named(app, "zeta"));
        let [one, other] = ["one@acme", "other@acme"]
            .map(|email| app.store.save_administrator(email, email, None, false, NOW).expect("it works").id);
        for (account, administrator) in [(&acme, one), (&acme, other), (&zeta, one)] {
            app.store.give_role(account.account, administrator, Role::Owner).expect("it works");
        }
        for (hash, name) in [("a", "payroll"), ("b", "badges")] {
            app.store.keep_token(acme.account, hash, name, Role::Editor, None, NOW).expect("it works");
        }
        rows(
            app,
            &format!(
                "UPDATE role SET role = 'bogus' WHERE administrator = {one} AND account = {}",
                number(&acme)
            ),
        );
        rows(app, "UPDATE token SET role = 'bogus' WHERE hash = 'a'");
        let members = app.store.members(acme.account).expect("it can be read");
        assert_eq!(members.iter().map(|member| member.administrator.id).collect::<Vec<_>>(), [other]);
        let memberships = app.store.memberships(one).expect("it can be read");
        assert_eq!(memberships.iter().map(|of| of.account.slug.as_str()).collect::<Vec<_>>(), ["zeta"]);
        assert!(app.store.membership(one, "acme").expect("it can be read").is_none());
        assert!(app.store.token("a").expect("it can be read").is_none());
        let tokens = app.store.tokens(acme.account).expect("it can be read");
        assert_eq!(tokens.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["badges"]);
        app.store.give_role(acme.account, one, Role::Viewer).expect("it is put right");
        assert_eq!(app.store.members(acme.account).expect("it can be read").len(), 2);
    });
}

fn number(scene: &Scene<'_>) -> String {
    scene.rows(&format!("SELECT CAST(id AS TEXT) FROM account WHERE slug = '{}'", "acme")).remove(0)
}

#[test]
fn a_field_of_an_unknown_kind_closes_its_organisation_and_no_other() {
    on_both(|app| {
        let (acme, zeta) = (Scene::named(app, "acme"), Scene::named(app, "zeta"));
        acme.create_with_emails(&["ann@acme.example"]);
        zeta.create_with_emails(&["zoe@zeta.example"]);
        rows(
            app,
            &format!("UPDATE field SET kind = 'bogus' WHERE account = {} AND number = 101", number(&acme)),
        );
        // What was read before is not what another process reads.
        let opened = Store::open(&app.database, &Randomness::sequence(2), NOW).expect("it opens");
        assert!(matches!(opened.fields(acme.account), Err(Error::Unread(_))));
        opened.fields(zeta.account).expect("it can be read");
        assert!(opened.refresh_search(100).expect("the search of the other one follows"));
    });
}
