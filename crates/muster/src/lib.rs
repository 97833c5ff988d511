//! Muster: edit an organisation's users in bulk, with a spreadsheet, and be sure of the result.
//!
//! The rooms: [`app`] puts things together, [`access`] knows who may do what, [`import`] is the way of a file to the directory and
//! back, [`store`] has the only SQL; [`web`], [`api`] and [`cli`] are the three ways in. ARCHITECTURE.md is the map.

pub mod access;
pub mod api;
pub mod app;
pub mod cli;
pub mod import;
pub mod made_up;
pub mod store;
pub mod web;
