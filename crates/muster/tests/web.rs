//! The pages, in process: requests in, HTML out. Nothing here waits: the import workers are run by hand.

mod credentials;
mod factors;
mod fields;
mod guessing;
mod help;
mod languages;
mod matrix;
mod members;
mod moved;
mod operators;
mod pages;
mod people;
mod practice;
mod quotas;
mod ready;
mod refusals;
mod review;
mod selections;
mod setup;
mod signing_in;
mod site;
mod strangers;
mod tickets;
mod together;
mod walk;
