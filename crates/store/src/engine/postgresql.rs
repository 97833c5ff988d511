//! A connection to PostgreSQL with the statements that are prepared over it; opened again when the server ended it.

use std::collections::HashMap;
use std::sync::Arc;

use postgres::types::ToSql;

use super::errors::Result;
use super::row::{Param, Row};
use super::server::Server;
use crate::faults::{Faulty, faultless, replace};

/// So many statements are prepared over a connection at the most: the server keeps a plan for each.
const PREPARED_MOST: usize = 400;

pub(crate) struct Postgres {
    pub(crate) client: Faulty<postgres::Client>,
    prepared: HashMap<String, postgres::Statement>,
    server: Arc<Server>,
}

impl Postgres {
    pub(super) fn open(server: &Arc<Server>) -> Result<Self> {
        let client = faultless(server.connect()?);
        Ok(Self { client, prepared: HashMap::new(), server: Arc::clone(server) })
    }

    /// Takes a new connection in the place of one that is gone. What was set over the old one is not set any more.
    pub(super) fn open_again(&mut self) -> Result<()> {
        let client = self.server.connect_in_turn()?;
        self.prepared.clear();
        replace(&mut self.client, client);
        Ok(())
    }

    /// The prepared form of a statement, the `?1` of which become `$1`.
    fn prepare(&mut self, sql: &str) -> Result<postgres::Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED_MOST {
            // The few that are asked again and again are soon there again.
            self.prepared.clear();
        }
        let statement = self.client.prepare(&sql.replace('?', "$"))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(Param::postgres).collect();
        Ok(self.client.execute(&statement, &params)?)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        use postgres::fallible_iterator::FallibleIterator;
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, params.iter().map(Param::postgres))?;
        while let Some(row) = rows.next()? {
            take(&Row::Postgres(&row))?;
        }
        Ok(())
    }

    /// The same of a statement that is not kept: it is planned for these parameters.
    pub(super) fn each_planned(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        use postgres::fallible_iterator::FallibleIterator;
        let params = params.iter().map(|param| (param.postgres(), param.kind()));
        let mut rows = self.client.query_typed_raw(&sql.replace('?', "$"), params)?;
        while let Some(row) = rows.next()? {
            take(&Row::Postgres(&row))?;
        }
        Ok(())
    }
}
