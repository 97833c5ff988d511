//! What is under way, and how large everything is: workers, imports with their leases, files, tables.

use axum::extract::State;
use maud::{Markup, html};
use sentences::say;
use store::{LeaseLine, ROWS_COUNTED, Result, Sizes, TableSize, Time};

use super::frame::{Part, mebibytes, operators_page};
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::table::{Column, Width, stacked};
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::signed_in::Operator;
use crate::web::frame::words::say_markup;

/// What the page shows.
struct Deployment {
    now: Time,
    workers: i64,
    leases: Vec<LeaseLine>,
    sizes: Sizes,
}

/// The page.
pub(in crate::web) async fn show(State(app): State<App>, Operator(_): Operator) -> Answer<Markup> {
    Ok(app.run(Deployment::load).await?.markup())
}

impl Deployment {
    fn load(app: &App) -> Result<Self> {
        Ok(Self {
            now: app.shared_now()?,
            workers: app.living_workers() as i64,
            leases: app.store.leases()?,
            sizes: app.store.sizes()?,
        })
    }

    fn markup(&self) -> Markup {
        operators_page(
            Part::State,
            say!("operator-state"),
            &html! {
                div.head { div {
                    h1 { (say!("operator-state")) }
                    p.muted.small { (say_markup!("operator-as-of", when = moment(self.now))) }
                } }
                section {
                    h2 { (say!("operator-workers")) }
                    p { (say!("operator-workers-live", workers = self.workers)) }
                    @if self.leases.is_empty() { (empty(&html! { p { (say!("operator-nothing-under-way")) } })) }
                    @else { (self.under_way()) }
                }
                (self.how_large())
            },
        )
    }

    fn under_way(&self) -> Markup {
        let columns = [
            Column::new(say!("ticket-import"), Width::Value),
            Column::new(say!("setup-organisation"), Width::Rest),
            Column::new(say!("operator-stage"), Width::Middle),
            Column::new(say!("operator-worker"), Width::Value),
            Column::new(say!("operator-fence"), Width::Number).of_numbers(),
            Column::new(say!("operator-deaths"), Width::Number).of_numbers(),
        ];
        stacked(
            say!("operator-workers"),
            &columns,
            &html! { @for line in &self.leases { (self.lease(line)) } },
        )
    }

    fn lease(&self, line: &LeaseLine) -> Markup {
        let has = line.owner.as_deref().filter(|_| line.until >= self.now);
        html! {
            tr {
                th scope="row" { span.mono { (line.import) } small { (moment(line.since)) } }
                td { (line.slug) }
                td { (line.state) ", " (line.stage) }
                td {
                    @match has {
                        Some(owner) => { span.mono { (owner) } }
                        None => { (say!("operator-waits")) }
                    }
                }
                td.num data-unit=(say!("operator-fence")) { (line.fence) }
                td.num data-unit=(say!("operator-deaths")) { (line.deaths) }
            }
        }
    }

    fn how_large(&self) -> Markup {
        // Of SQLite, whose tables share a file, nobody knows.
        let tells = self.sizes.tables.iter().any(|table| table.bytes.is_some());
        let mut columns = vec![
            Column::new(say!("operator-table"), Width::Rest),
            Column::new(say!("operator-rows"), Width::Value).of_numbers(),
        ];
        if tells {
            columns.push(Column::new(say!("operator-bytes"), Width::Middle).of_numbers());
        }
        html! {
            section {
                h2 { (say!("operator-sizes")) }
                dl.facts {
                    @for (name, bytes) in &self.sizes.files { dt { span.mono { (name) } } dd { (mebibytes(*bytes)) } }
                    dt { (say!("operator-uploads")) } dd { (mebibytes(self.sizes.uploads)) }
                }
                (stacked(say!("operator-sizes"), &columns, &html! {
                    @for table in &self.sizes.tables {
                        tr {
                            th scope="row" { span.mono { (table.name) } }
                            td.num data-unit=(say!("operator-rows")) { (rows_of(table)) }
                            @if tells { td.num { (table.bytes.map(mebibytes).unwrap_or_default()) } }
                        }
                    }
                }))
            }
        }
    }
}

/// How many rows; of SQLite no more are counted than to a point, of PostgreSQL it is an estimate.
fn rows_of(table: &TableSize) -> String {
    let rows = directory::grouped(table.rows);
    if table.bytes.is_some() {
        say!("operator-rows-about", rows = rows)
    } else if table.rows >= ROWS_COUNTED {
        say!("operator-rows-from", rows = rows)
    } else {
        rows
    }
}
