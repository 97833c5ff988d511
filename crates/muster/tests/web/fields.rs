//! The pages of fields: what is said before something is saved, and what comes of it.

use ::store::Role;
use axum::http::StatusCode;
use directory::Kind;

use super::site::{Reply, Site};
use crate::ground::on_both;

/// The page of a field of acme, and forms about it, sent by an owner.
struct Owner<'s> {
    site: &'s Site,
    cookie: String,
}

impl Owner<'_> {
    fn get(&self, path: &str) -> Reply {
        self.site.get(&format!("/o/acme/{path}"), &self.cookie)
    }

    fn send(&self, path: &str, form: &str) -> Reply {
        self.site.post(&format!("/o/acme/{path}"), &self.cookie, form)
    }

    /// Sends a form that is done at once; the page after it.
    fn done(&self, path: &str, form: &str) -> Reply {
        let reply = self.send(path, form);
        self.site.get(reply.location(), &self.cookie)
    }

    /// Sends a form about which a question is asked, and says yes.
    fn sure(&self, path: &str, form: &str) -> Reply {
        let asked = self.send(path, form);
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
        assert_eq!(asked.all("main form input[name=sure]", "value"), ["1"], "{}", asked.text("main"));
        self.done(path, &format!("{form}&sure=1"))
    }

    fn field(&self, key: &str) -> directory::Field {
        let fields = self.site.app.store.fields(self.site.acme.id).expect("fields");
        fields.by_key(key).expect("a field").clone()
    }

    /// Titles of the fields in use, in order.
    fn titles(&self) -> Vec<String> {
        self.get("fields").texts("main tbody th a")
    }
}

fn with_owner(test: impl Fn(&Owner<'_>)) {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        test(&Owner { site: &site, cookie });
    });
}

#[test]
fn a_new_organisation_is_told_that_departments_are_missing_and_pastes_them() {
    with_owner(|owner| {
        let page = owner.get("fields");
        assert!(page.text("main").contains("Department has no options yet"), "{}", page.text("main"));
        let way = page.all("main .banner a", "href");
        assert!(way.contains(&"/o/acme/fields/department#options".to_owned()), "{way:?}");
        let list = "act=add&choices=Sales%0D%0AFinance%3B+sales%0AHuman++resources";
        let asked = owner.send("fields/department", list);
        assert!(
            asked.text("main").contains("3 new, 0 there already, 1 differ only in case"),
            "{}",
            asked.text("main")
        );
        assert!(owner.field("department").choices.is_empty(), "said before it is saved");
        let page = owner.sure("fields/department", list);
        assert!(page.text("main").contains("The options were saved."));
        assert_eq!(
            page.all("#options tbody input[name=label]", "value"),
            ["Sales", "Finance", "Human resources"]
        );
        let asked = owner.send("fields/department", "act=add&choices=FINANCE%0ASales");
        assert!(asked.text("main").contains("0 new, 1 there already, 1 differ only in case"));
        assert!(asked.all("main form button", "type").is_empty(), "nothing to press");
        assert!(
            !owner
                .get("fields")
                .text("main")
                .contains("no options yet, so no user can have one. Add options to Department")
        );
    });
}

#[test]
fn fields_are_added_moved_and_retired() {
    with_owner(|owner| {
        let page = owner.done("fields", "add=1&title=Cost+centre&type=text&unique=1");
        assert_eq!(
            (page.text("h1"), page.text("main .facts code")),
            ("Cost centre".to_owned(), "cost_centre".to_owned())
        );
        let made = owner.field("cost_centre");
        assert!(made.unique && !made.required && made.kind == Kind::Text);
        assert_eq!(owner.titles().last().map(String::as_str), Some("Cost centre"));
        for (form, first) in [
            ("up=last_name", ["Last name", "First name"]),
            ("down=last_name", ["First name", "Last name"]),
            ("move=cost_centre&to=0", ["Cost centre", "First name"]),
            ("up=cost_centre", ["Cost centre", "First name"]),
        ] {
            owner.send("fields", form).location();
            assert_eq!(owner.titles()[..2], first, "{form}");
        }
        for (form, problem) in [
            ("add=1&title=&type=text", "Type a title"),
            ("add=1&title=email&type=text", "has the title Email already"),
            ("add=1&title=Site&type=choice&choices=+%0A", "needs options"),
            ("add=1&title=Floor&type=text&choices=x", "takes no options"),
        ] {
            let reply = owner.send("fields", form);
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            assert!(reply.text("main [role=alert]").contains(problem), "{form}: {}", reply.text("main"));
        }
        // Nobody has a value, so nothing is asked.
        assert!(
            owner.done("fields/cost_centre", "act=retire").text("main").contains("The field was retired")
        );
        assert!(!owner.titles().contains(&"Cost centre".to_owned()));
        assert!(owner.done("fields/cost_centre", "act=back").text("main").contains("in use again"));
        let asked = owner.send("fields/email", "act=retire");
        assert!(asked.text("main [role=alert]").contains("can't be retired"), "{}", asked.text("main"));
        assert_eq!(owner.get("fields/nothing").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_it_means_for_users_is_said_before_it_is_saved() {
    with_owner(|owner| {
        let page = owner.get("fields/job_title");
        assert!(
            page.text("main .facts").contains("0 users have a value. 3 users have no value."),
            "{}",
            page.text("main")
        );
        let form = "act=save&title=Job&required=1&pattern=";
        let asked = owner.send("fields/job_title", form);
        assert!(asked.text("main").contains("3 users have no value"), "{}", asked.text("main"));
        assert!(!owner.field("job_title").required);
        owner.sure("fields/job_title", form);
        assert!(owner.field("job_title").required && owner.field("job_title").title == "Job");
        let saved = owner.send("fields/language", "act=save&title=Language&pattern=");
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let asked = owner.send("fields/last_name", "act=save&title=Last+name&pattern=%5BA-Z%5D.%2A");
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "a name that is required stays so: {}", asked.body);
        assert!(owner.field("last_name").required);
        // Of three last names, two begin otherwise.
        let form = "act=save&title=Last+name&pattern=L.%2A";
        let told = owner.send("fields/last_name", form);
        assert!(
            told.text("main").contains("2 users have a value that does not match the pattern"),
            "{}",
            told.text("main")
        );
        owner.sure("fields/last_name", form);
        assert_eq!(owner.field("last_name").pattern.as_deref(), Some("L.*"));
        owner.done("fields/last_name", form);
        let refused = owner.send("fields/last_name", "act=save&title=Last+name&pattern=%5B");
        assert!(refused.text("main [role=alert]").contains("not a pattern"), "{}", refused.text("main"));
        let asked = owner.send("fields/last_name", "act=retire");
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn doubled_values_are_shown_with_their_users() {
    with_owner(|owner| {
        let site = owner.site;
        let lines: Vec<String> = site.csv().lines().map(str::to_owned).collect();
        let column = lines[1].split(',').position(|key| key == "employee_number").expect("a column");
        let edited = lines.iter().enumerate().map(|(row, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if row == 2 || row == 3 {
                cells[column] = "E7";
            }
            cells.join(",")
        });
        let import = site.import(&edited.collect::<Vec<_>>().join("\r\n"));
        let completed = owner.send(&format!("imports/{import}/complete"), "plan=1");
        assert_eq!(completed.status, StatusCode::SEE_OTHER, "{}", completed.body);
        site.work();
        let refused =
            owner.send("fields/employee_number", "act=save&title=Employee+number&unique=1&pattern=");
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let alert = refused.text("main [role=alert]");
        assert!(alert.contains("1 value is had by several users") && alert.contains("E7"), "{alert}");
        let users = refused.all("main [role=alert] li a", "href");
        let both = [0, 1].map(|place| format!("/o/acme/users/{}", site.user(&site.acme, place)));
        assert_eq!(users, both);
        assert!(!owner.field("employee_number").unique);
    });
}

#[test]
fn an_option_is_renamed_moved_and_removed_for_another() {
    with_owner(|owner| {
        let site = owner.site;
        owner.sure("fields/department", "act=add&choices=Sales%0AFinance%0ALegal");
        let csv = site.csv();
        let lines: Vec<&str> = csv.lines().collect();
        let column = lines[1].split(',').position(|key| key == "department").expect("a column");
        let edited = lines.iter().enumerate().map(|(row, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if row == 2 {
                cells[column] = "Sales";
            }
            cells.join(",")
        });
        let import = site.import(&edited.collect::<Vec<_>>().join("\r\n"));
        owner.send(&format!("imports/{import}/complete"), "plan=1");
        site.work();
        let page = owner.done("fields/department", "act=rename.1&label=Sales+and+more");
        assert_eq!(page.all("#options tbody input", "value"), ["Sales and more", "Finance", "Legal"]);
        let page = owner.done("fields/department", "act=down.1&label=Sales");
        assert_eq!(page.all("#options tbody input", "value"), ["Finance", "Sales and more", "Legal"]);
        assert_eq!(page.texts("#options tbody td.num"), ["0", "1", "0"]);
        // Nobody has it: no question.
        owner.done("fields/department", "act=remove.3");
        let asked = owner.send("fields/department", "act=remove.1");
        assert!(asked.text("main").contains("1 user has it."), "{}", asked.text("main"));
        assert_eq!(asked.all("#instead option", "value"), ["", "2", "nothing", "keep"]);
        let again = owner.send("fields/department", "act=remove.1&sure=1&instead=");
        assert!(again.text("main").contains("1 user has it."), "nothing is chosen for them");
        let removed = owner.send("fields/department", "act=remove.1&sure=1&instead=2");
        assert!(removed.location().starts_with("/o/acme/imports/imp_"), "{}", removed.location());
        site.work();
        let done = site.open(removed.location(), &owner.cookie);
        assert!(done.text("main").contains("1 user was successfully edited"), "{}", done.text("main"));
        let page = owner.get("fields/department");
        assert_eq!(page.texts("#options tbody td.num"), ["1"]);
        let page = owner.done("fields/department", "act=back.3");
        assert_eq!(page.all("#options tbody input", "value"), ["Finance", "Legal"]);
        assert_eq!(owner.send("fields/department", "act=explode").status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn viewers_look_and_find_nothing_to_press() {
    with_owner(|owner| {
        owner.sure("fields/department", "act=add&choices=Sales");
        let cookie = owner.site.cookie(&owner.site.acme, Role::Viewer);
        for path in ["fields", "fields/department"] {
            let page = owner.site.get(&format!("/o/acme/{path}"), &cookie);
            assert_eq!(page.status, StatusCode::OK);
            assert!(
                page.all("main button", "type").is_empty() && page.all("main textarea", "name").is_empty()
            );
            assert!(page.text("main").contains(if path == "fields" {
                "Owners of the organisation"
            } else {
                "Sales"
            }));
        }
    });
}
