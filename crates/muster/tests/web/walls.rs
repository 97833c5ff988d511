//! What is asked by a request, or worked on, for one account is asked over a handle that is narrowed to it: where PostgreSQL shows rows to nobody
//! else, all goes on as before.

use ::store::{Role, UsersQuery};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access::create_token;

use super::site::Site;
use super::walk::walk;
use crate::ground::on_postgres;

/// What is rightly asked for of all accounts: by workers that look for work, for an administrator of several, and who has an email.
const OF_ALL: &str =
    "'import', 'role', 'news', 'mail', 'token', 'login_key', 'activity', 'activity_of_work', 'ticket'";

#[test]
fn requests_and_workers_are_narrowed_to_the_account_that_they_are_for() {
    on_postgres(|app| {
        let site = Site::new(app);
        let (user, token) = (
            site.user(&site.acme, 0),
            create_token(app, site.acme.id, "robot", Role::Viewer, None).expect("a token"),
        );
        // From here on a handle that is not narrowed sees nothing of these tables.
        ::ground::see_all(&app.settings.database)
            .batch_execute(&format!(
                "DO $$ DECLARE one TEXT; BEGIN
                     FOR one IN SELECT tablename FROM pg_policies WHERE tablename NOT IN ({OF_ALL}) LOOP
                         EXECUTE format('ALTER POLICY of_account ON %I USING
                             (account::text = (SELECT current_setting(''muster.account'', true)))', one);
                     END LOOP;
                 END $$"
            ))
            .expect("they are changed");
        let all = app.store.count_users(site.acme.id, &UsersQuery::default(), 10).expect("it counts");
        assert_eq!(all.users, 0, "who is not narrowed sees none");
        walk(&site, user);
        let request = Request::get("/api/v1/users").header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = request.header(header::HOST, "localhost").body(Body::empty()).expect("a request");
        let listed = site.ask(request);
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.body);
        assert!(listed.body.contains("ada@acme.example"), "{}", listed.body);
        for address in ["/o/acme/fields", "/o/acme/settings", "/o/acme/administrators", "/o/acme/activity"] {
            let page = site.get(address, &site.cookie(&site.acme, Role::Owner));
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
        }
    });
}
