//! What a stranger or a tenant may choose costs in proportion to its size, or is refused: twice as much of it takes at the most 2.2 times the
//! processor.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ::store::Role;
use muster::access;

use super::server::Server;
use crate::ground::on_sqlite;

/// Bytes of what stands in an address or a header, and of what stands in a body; the other one of a pair is half of it.
const HEAD: usize = 30_000;
const BODY: usize = 1 << 20;
/// So many requests are measured together: the system tells a hundredth of a second.
const TIMES: usize = 4;
/// What they cost may be this much if it is no more: that is the noise of a machine with other work.
const LITTLE: Duration = Duration::from_millis(60);
/// What the system tells the time of a processor by.
const TICK: Duration = Duration::from_millis(10);
/// So often is a cost measured that looks too high.
const ATTEMPTS: usize = 6;

/// Somebody who asks.
struct Asking {
    server: Server,
    cookie: String,
    token: String,
    import: String,
    user: String,
}

/// `piece` again and again, up to a size; `#` in it is a number that is another one each time.
fn repeated(piece: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + piece.len());
    let mut number = 10_000;
    while text.len() < size {
        text.push_str(&piece.replace('#', &number.to_string()));
        number += 1;
    }
    text
}

impl Asking {
    fn request(&self, what: &str, headers: &str, body: &str) -> String {
        let Self { cookie, token, .. } = self;
        let length = body.len();
        format!(
            "{what} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: muster={cookie}\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
    }

    /// What some requests of this size cost.
    fn cost(&self, make: &dyn Fn(&Self, usize) -> String, size: usize) -> Duration {
        let request = make(self, size);
        let before = self.server.processor_time().unwrap_or_default();
        for _ in 0..TIMES {
            let mut stream = TcpStream::connect(self.server.address()).expect("it connects");
            stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time-out");
            // What is refused may be refused before all of it is sent.
            let _ = stream.write_all(request.as_bytes());
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let status = String::from_utf8_lossy(&answer[..answer.len().min(60)]).into_owned();
            assert!(!status.contains(" 500 "), "{}: {status}", &request[..request.len().min(120)]);
        }
        self.server.processor_time().unwrap_or_default() - before
    }
}

type Make = Box<dyn Fn(&Asking, usize) -> String>;

/// An address with something repeated in the place of `*`.
fn in_address(what: &'static str, piece: &'static str) -> Input {
    let make = move |asking: &Asking, size| {
        let what = what.replace('*', &repeated(piece, size)).replace("{id}", &asking.import);
        asking.request(&what.replace("{user}", &asking.user), "", "")
    };
    (format!("{what} {piece}"), HEAD, Box::new(make))
}

fn in_header(name: &'static str, piece: &'static str) -> Input {
    let make = move |asking: &Asking, size| {
        asking.request("GET /o/acme/users", &format!("{name}: {}\r\n", repeated(piece, size)), "")
    };
    (format!("{name}: {piece}"), HEAD, Box::new(make))
}

/// A body of a kind: what stands before what is repeated, that, and what stands after it.
fn in_body(what: &'static str, kind: &'static str, parts: [&'static str; 3]) -> Input {
    let make = move |asking: &Asking, size| {
        let [before, piece, after] = parts;
        let what = what.replace("{id}", &asking.import).replace("{user}", &asking.user);
        let body = format!("{before}{}{after}", repeated(piece, size));
        asking.request(&what, &format!("Content-Type: {kind}\r\n"), &body)
    };
    (format!("{what} {}", parts[1]), BODY, Box::new(make))
}

const FORM: &str = "application/x-www-form-urlencoded";
const FILE: &str = "multipart/form-data; boundary=x";
const JSON: &str = "application/json";

/// What somebody may send: a name for it, how large it may be, and how it is made in a size.
type Input = (String, usize, Make);

fn inputs() -> Vec<Input> {
    [in_heads(), to_pages(), to_rest()].into_iter().flatten().collect()
}

fn in_heads() -> Vec<Input> {
    vec![
        in_address("GET /o/acme/users?search=*", "a"),
        in_address("GET /o/acme/users?search=*", "ab+"),
        in_address("GET /o/acme/users?search=*", "%00"),
        in_address("GET /o/acme/users?status=*", "a"),
        in_address("GET /o/acme/users?*", "status=active&"),
        in_address("GET /o/acme/users?at=after.1.*", "a"),
        in_address("GET /o/acme/users?sort=*", "a"),
        in_address("GET /o/acme/users?sort=job_title&at=after.1.*", "1"),
        in_address("GET /o/acme/users?saved-search=*", "1"),
        in_address("GET /o/acme/users?*", "a#=b&"),
        in_address("GET /o/acme/download?search=*", "a"),
        in_address("GET /o/acme/download/file?format=csv&who=search&search=*", "ab+"),
        in_address("GET /o/acme/download/file?format=csv&fields=some&*", "field=email&"),
        in_address("GET /o/*/users", "a"),
        in_address("GET /o/acme/imports/{id}/problems?*", "a#=b&"),
        in_address("GET /sign-in?next=*", "/a"),
        in_address("GET /link/*", "a"),
        in_address("GET /assets/*", "a/"),
        in_address("GET /api/v1/users?search=*", "a"),
        in_address("GET /api/v1/users?cursor=*", "ab"),
        in_address("GET /api/v1/users?*", "a#=b&"),
        in_address("GET /api/v1/users?*", "limit=#&"),
        in_address("GET /api/v1/users?*limit=x", "a#=b&"),
        in_address("GET /api/v1/user-data?format=csv&fields=*", "email,"),
        in_address("GET /api/v1/imports/*", "a"),
        in_header("X-Forwarded-For", "1.2.3.4, "),
        in_header("Cookie", "a#=b; "),
        in_header("Idempotency-Key", "a"),
        in_header("Origin", "a"),
        in_header("X-Own", "a"),
        in_address("GET /o/acme/imports/{id}/not-in-file?page=*", "1"),
        in_address("GET /o/acme/activity?who=*", "a"),
        in_address("GET /api/v1/activity?event=*", "a"),
    ]
}

fn to_pages() -> Vec<Input> {
    vec![
        in_body("POST /sign-in", FORM, ["email=", "a", "&password=x"]),
        in_body("POST /sign-in", FORM, ["", "a#=b&", ""]),
        in_body("POST /o/acme/users/{user}", FORM, ["seen=1&", "field.first_name=a&", ""]),
        in_body("POST /o/acme/users/new", FORM, ["field.first_name=", "a", ""]),
        in_body("POST /o/acme/users/{user}/erase", FORM, ["name=", "a+", ""]),
        in_body("POST /o/acme/searches", FORM, ["how=save&query=?", "a#=b%26", "&name=x"]),
        in_body("POST /o/acme/searches", FORM, ["how=fields&", "field=a#&", ""]),
        in_body("POST /o/acme/users/{user}", FORM, ["seen=1&field.first_name=", "a", ""]),
        in_body("POST /o/acme/fields/department", FORM, ["act=add&choices=", "a#%0A", ""]),
        in_body("POST /o/acme/fields/department", FORM, ["act=add&choices=", "a#%0A", "&sure=1"]),
        in_body("POST /o/acme/fields", FORM, ["add=1&type=text&title=", "a", ""]),
        in_body("POST /o/acme/imports/{id}/fixes", FORM, ["", "value.C#=a&", ""]),
        in_body("POST /o/acme/imports/{id}/fixes", FORM, ["", "was.C#=a&", ""]),
        in_body("POST /o/acme/imports/{id}/fixes", FORM, ["", "value.C#=a&was.C#=b&", ""]),
        in_body(
            "POST /o/acme/imports/{id}/fixes",
            FORM,
            ["kind=not_a_phone:phone&rest.after=1.1.1.1&", "rest=a&", ""],
        ),
        in_body("POST /o/acme/review-columns", FORM, ["columns=1&", "column=a#&", ""]),
        in_body(
            "POST /o/acme/imports/{id}/fixes",
            FORM,
            ["use=each&kind=not_a_date:start_date&field=11&", "of.#=1&always.#=1&", ""],
        ),
        in_body("POST /o/acme/imports/{id}/match", FORM, ["do=match&", "c.#=alone&", ""]),
        in_body("POST /o/acme/imports/{id}/undo", FORM, ["which=ticked&", "user=U-2222222222&", ""]),
        in_body("POST /o/acme/imports/{id}/ticket", FORM, ["", "cell=C#&", "words=x"]),
        in_body("POST /o/acme/imports/{id}/ticket", FORM, ["kind=email&words=", "a+", ""]),
        in_body("POST /forgot", FORM, ["email=", "a", ""]),
        in_body("POST /o/acme/answers", FORM, ["field=start_date&text=", "a", ""]),
        in_body(
            "POST /o/acme/imports",
            FILE,
            ["", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n", "--x--"],
        ),
        in_body(
            "POST /o/acme/imports",
            FILE,
            [
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"",
                "a/",
                "\"\r\n\r\na\r\n--x--\r\n",
            ],
        ),
    ]
}

fn to_rest() -> Vec<Input> {
    vec![
        in_body("POST /api/v1/users", JSON, ["{\"first_name\":\"", "a", "\"}"]),
        in_body(
            "PATCH /api/v1/fields",
            JSON,
            ["{\"key\":\"department\",\"rename_choices\":[", "{\"from\":\"a\",\"to\":\"b\"},", "{}]}"],
        ),
        in_body(
            "POST /api/v1/imports/{id}/matching",
            JSON,
            ["{\"columns\":{", "\"a#\":\"alone\",", "\"b\":\"alone\"}}"],
        ),
        in_body("POST /api/v1/tickets", JSON, ["{\"import\":\"{id}\",\"cells\":[", "\"C#\",", "\"C1\"]}"]),
        in_body("POST /api/v1/tickets/1234567/words", JSON, ["{\"words\":\"", "a", "\"}"]),
        in_body("POST /api/v1/imports/{id}/undo", JSON, ["{\"users\":[", "\"U-2222222222\",", "\"\"]}"]),
        in_body(
            "POST /api/v1/answers",
            JSON,
            ["{\"field\":\"phone\",\"becomes\":\"1\",\"text\":\"", "a", "\"}"],
        ),
        in_body(
            "PATCH /api/v1/imports/{id}/fixes",
            JSON,
            ["{\"fixes\":[", "{\"cell\":\"C#\",\"value\":\"a\"},", "{}]}"],
        ),
        in_body("PATCH /api/v1/imports/{id}/fixes", JSON, ["", "[", ""]),
        in_body("PATCH /api/v1/imports/{id}/fixes", JSON, ["{", "\"a#\":1,", "\"b\":1}"]),
        in_body(
            "POST /api/v1/imports/{id}/decisions",
            JSON,
            ["{\"decisions\":[", "{\"decide\":\"a\"},", "{}]}"],
        ),
    ]
}

#[test]
fn twice_the_size_costs_about_twice_the_processor() {
    on_sqlite(|app| {
        let account = app.store.create_account("acme", "Acme", app.clock.now()).expect("works").expect("new");
        let email = "owner@acme.example";
        let owner =
            app.store.save_administrator(email, email, None, false, app.clock.now()).expect("an owner");
        app.store.give_role(account.id, owner.id, Role::Owner).expect("a role");
        let mut machine = app.clone();
        machine.clock = muster::app::Clock::Machine;
        machine.randomness = muster::app::Randomness::Machine;
        let folder = tempfile::tempdir().expect("a folder");
        let asking = Asking {
            cookie: access::start_session(&machine, owner.id).expect("a session"),
            token: access::create_token(&machine, account.id, "robot", Role::Owner, None).expect("a token"),
            import: super::turns::reviewed(&machine, account.id, 50),
            user: "U-2222222222".to_owned(),
            server: Server::start(&app.settings.database, &folder.path().join("log")),
        };
        if asking.server.processor_time().is_none() {
            println!("skipped: the system does not tell what a process costs");
            return;
        }
        let mut costly = Vec::new();
        for (name, size, make) in inputs() {
            // Other work of the machine only ever adds to what is measured, to each part as to the whole: so the least of some counts. A table
            // that grows may do so just between the half and the whole, at once for all that it holds: then the quarter tells.
            let (mut quarter, mut half, mut whole) = (Duration::MAX, Duration::MAX, Duration::MAX);
            let is_costly = (0..ATTEMPTS).all(|_| {
                half = half.min(asking.cost(&*make, size / 2));
                whole = whole.min(asking.cost(&*make, size));
                whole > LITTLE && whole > (half + TICK).mul_f64(2.2) && {
                    quarter = quarter.min(asking.cost(&*make, size / 4));
                    whole > (quarter + TICK).mul_f64(2.2 * 2.2)
                }
            });
            if is_costly {
                costly.push(format!("{name}: {quarter:?}, twice as much {half:?}, and that twice {whole:?}"));
            }
        }
        assert!(costly.is_empty(), "{costly:#?}");
    });
}
