//! `muster feedback`: what readers say of the help.

use clap::Args;
use sentences::say;
use serde::Serialize;
use store::Feedback;

use super::ending::{Ending, Failure};
use super::output::Output;
use super::start::Start;
use crate::api::wire;

/// Print what readers said of the help page, newest first: when, yes or no, why, in their words
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster feedback                      everything, a line each
  muster feedback --reason step        of those to whom a step did not work
  muster feedback --json

Reasons:
  find      I could not find what I looked for
  step      a step did not work
  hard      it is hard to understand
  outdated  the pages look different
  missing   something is missing")]
pub(super) struct FeedbackFlags {
    /// Only those who gave this reason
    #[arg(long, value_name = "REASON", value_parser = ["find", "step", "hard", "outdated", "missing"])]
    reason: Option<String>,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line {
    at: String,
    helpful: bool,
    reasons: Vec<String>,
    said: String,
}

impl From<Feedback> for Line {
    fn from(feedback: Feedback) -> Self {
        let reasons = feedback.reasons.split_whitespace().map(str::to_owned).collect();
        Self { at: wire::moment(feedback.at), helpful: feedback.helpful, reasons, said: feedback.said }
    }
}

pub(super) fn run(typed: &FeedbackFlags, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let wanted = |line: &Line| typed.reason.as_ref().is_none_or(|reason| line.reasons.contains(reason));
    let lines: Vec<Line> = app.store.feedback()?.into_iter().map(Line::from).filter(wanted).collect();
    let mut output = Output::open();
    if typed.json {
        output.json(&lines)?;
    } else {
        lines.iter().try_for_each(|line| output.line(told(line)))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn told(line: &Line) -> String {
    let helpful = if line.helpful { say!("cli-feedback-yes") } else { say!("cli-feedback-no") };
    // What a stranger typed can't end a line, nor begin a sequence that a terminal obeys.
    let said: String =
        line.said.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("{}\t{helpful}\t{}\t{said}", line.at, line.reasons.join(" "))
}
