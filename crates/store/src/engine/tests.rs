//! Tests of the seam itself.

use super::*;

#[test]
fn a_statement_that_changes_another_number_of_rows_fails_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let slow = Arc::default();
    let mut connection =
        Connection::sqlite(&folder.path().join("a.db"), Use::Write, 1_000, &slow).expect("it opens");
    connection.batch("CREATE TABLE t (a BIGINT PRIMARY KEY, b BIGINT)").expect("it works");
    connection.insert_all("t (a, b)", 2, "", params![1, 1, 2, 1]).expect("two rows");
    connection.execute_exactly(2, "UPDATE t SET b = 2", &[]).expect("two rows");
    let failed = connection.execute_exactly(1, "UPDATE t SET b = 2", &[]).map_err(|error| error.to_string());
    assert_eq!(failed, Err("`UPDATE t SET ...` changed 2 rows, and had to change 1".to_owned()));
}

#[test]
fn a_statement_that_takes_longer_than_it_may_is_given_up_and_the_next_is_not() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
    let folder = tempfile::tempdir().expect("a folder");
    let slow = Arc::default();
    let sqlite = Connection::sqlite(&folder.path().join("a.db"), Use::Write, 1_000, &slow).expect("it opens");
    let postgres = std::env::var("MUSTER_TEST_POSTGRES");
    let postgres = postgres.map(|url| {
        let server = Server::of(&url, &|_| None).expect("an address");
        Connection::postgres(&Arc::new(server), &slow).expect("it connects")
    });
    for mut connection in std::iter::once(sqlite).chain(postgres) {
        connection
            .bound(Bound { most: Some(Duration::from_millis(50)), ..Bound::default() })
            .expect("it is bounded");
        let costly = connection.one(endless, &[], |row| row.integer(0));
        assert!(matches!(costly, Err(Error::TooCostly)), "{costly:?}");
        let short = connection.one("SELECT CAST(7 AS BIGINT)", &[], |row| row.integer(0));
        assert_eq!(short.expect("short"), Some(7));
        connection.bound(Bound::default()).expect("it is not bounded");
        let many = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 700000) SELECT COUNT(*) FROM n";
        assert_eq!(connection.one(many, &[], |row| row.integer(0)).expect("all of it"), Some(700_000));
    }
}
