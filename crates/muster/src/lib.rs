//! Muster: edit an organisation's users in bulk, with a spreadsheet, and be sure of the result.
//!
//! The rooms: [`app`] puts things together, [`access`] knows who may do what; [`practice`] is an organisation of made-up users; [`web`], [`api`] and
//! [`cli`] are the three ways in, [`mail`] is a way out, [`metrics`] is what is told to who watches. What they
//! call stands in the crates `import` and `store`. ARCHITECTURE.md is the map.

pub mod access;
pub mod api;
pub mod app;
mod arriving;
pub mod backup;
pub mod cli;
pub mod listening;
pub mod made_up;
pub mod mail;
pub mod metrics;
pub mod practice;
pub mod web;
