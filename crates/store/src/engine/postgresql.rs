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
    /// Whether it is a cluster of Citus; not asked yet while there is none.
    is_cluster: Option<bool>,
}

impl Postgres {
    pub(super) fn open(server: &Arc<Server>) -> Result<Self> {
        let client = faultless(server.connect()?);
        Ok(Self { client, prepared: HashMap::new(), server: Arc::clone(server), is_cluster: None })
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
        let words = self.in_its_words(sql)?;
        let statement = self.client.prepare(&words)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// A statement as the server reads it: `$1` for `?1`. A cluster sees by its account where a row is, and not by `+account`, with which planners
    /// are kept from an index.
    fn in_its_words(&mut self, sql: &str) -> Result<String> {
        let words = sql.replace('?', "$");
        if !words.contains("+account") && !words.contains("+h.account") {
            return Ok(words);
        }
        let is_cluster = match self.is_cluster {
            Some(is_cluster) => is_cluster,
            None => !self.client.query("SELECT 1 FROM pg_extension WHERE extname = 'citus'", &[])?.is_empty(),
        };
        self.is_cluster = Some(is_cluster);
        if is_cluster {
            Ok(words.replace("+account", "account").replace("+h.account", "h.account"))
        } else {
            Ok(words)
        }
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
