//! What the values of a column are: a bounded number of them, from its first rows, and how they look.

use std::collections::BTreeSet;

use workbook::{Cell, Position};

use super::protected::{Protected, protects_value};
use crate::{DateOrder, Field, Kind, Read, Reading, UserId};

/// Values of a column that are looked at.
const MOST: usize = 300;
/// Values that people are shown.
const SHOWN: usize = 3;
/// Letters of a value that people are shown.
const LONGEST: usize = 60;

/// The first values of a column.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    values: Vec<String>,
}

impl Profile {
    /// Takes the next value; empty ones and those beyond what is looked at say nothing.
    pub fn take(&mut self, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.values.len() < MOST {
            self.values.push(value.to_owned());
        }
    }

    /// Three values that differ, to be shown to people.
    pub fn samples(&self) -> Vec<String> {
        let mut shown: Vec<&str> = Vec::new();
        for value in &self.values {
            if shown.len() < SHOWN && !shown.contains(&value.as_str()) {
                shown.push(value);
            }
        }
        shown.into_iter().map(|value| value.chars().take(LONGEST).collect()).collect()
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// In hundredths, how many of the values a field can take: dates in any one order, phones of any region.
    pub(super) fn read_by(&self, field: &Field, reading: &Reading) -> usize {
        let ordered = |date_order| self.read_as(field, &Reading { date_order, ..reading.clone() });
        match field.kind {
            Kind::Date => DateOrder::ALL.map(ordered).into_iter().max().unwrap_or_default(),
            Kind::Phone => self.share(is_like_phone),
            _ => self.read_as(field, reading),
        }
    }

    fn read_as(&self, field: &Field, reading: &Reading) -> usize {
        self.share(|value| {
            let cell = Cell::text(Position { row: 1, column: 1 }, value);
            match field.read(Some(&cell), reading) {
                Ok(Read::Value(stored)) => stored.is_some(),
                // A user is named; who it is, the directory says.
                Ok(_) => true,
                // Day and month may change places: what the whole column proves decides.
                Err(wrong) => wrong.code == crate::Code::AmbiguousDate,
            }
        })
    }

    /// In hundredths, how many of the values are emails.
    pub(super) fn emails(&self) -> usize {
        self.share(|value| {
            let parts = value.split_once('@');
            let is_domain = |domain: &str| domain.contains('.') && !domain.contains('@');
            parts.is_some_and(|(local, domain)| !local.is_empty() && is_domain(domain))
                && !value.contains(char::is_whitespace)
        })
    }

    /// In hundredths, how many of the values are User IDs of Muster.
    pub(super) fn user_ids(&self) -> usize {
        self.share(|value| value.parse::<UserId>().is_ok())
    }

    /// In hundredths, how many of the values differ from all others.
    pub(super) fn different(&self) -> usize {
        let all: BTreeSet<String> = self.values.iter().map(|value| value.to_lowercase()).collect();
        all.len() * 100 / self.values.len().max(1)
    }

    /// What the values tell that is nobody's business here.
    pub(super) fn protects(&self) -> Option<Protected> {
        let kinds = [Protected::Bank, Protected::SocialSecurity, Protected::Tax];
        // One bank account in five is enough: many have none.
        kinds.into_iter().find(|kind| {
            let most = if *kind == Protected::Bank { 20 } else { 80 };
            !self.values.is_empty() && self.share(|value| protects_value(value) == Some(*kind)) >= most
        })
    }

    fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        self.values.iter().filter(|value| is(value)).count() * 100 / self.values.len().max(1)
    }
}

/// Six digits at least, and nothing but what stands between those of a phone number.
fn is_like_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let is_between = |letter: char| letter.is_whitespace() || "+-/().\u{2011}\u{2013}x".contains(letter);
    digits >= 6 && value.chars().all(|letter| letter.is_ascii_digit() || is_between(letter))
}
