//! The command line: one file a command, each in two stages: what was typed (`CommandLine`), and what it means.

mod account;
mod activity;
mod admin;
mod backup;
mod change;
mod changed;
mod choices;
mod completions;
mod copy_database;
mod demo;
mod distribute;
mod doctor;
mod download;
mod ending;
mod feedback;
mod field;
mod front;
mod goal;
mod health;
mod import;
mod imports;
mod log;
mod man;
mod migrate;
mod notified;
mod operator;
mod output;
mod place;
mod report;
mod serve;
mod server;
mod start;
mod template;
mod ticket;
mod token;
mod undo;
mod users;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use tracing::Level;

use ending::{Ending, Failure};

const EXAMPLES: &str = "\
Examples:
  muster serve --demo                                try it with made-up organisations
  muster account create acme --name \"Acme Ltd\"       an organisation
  muster admin create pat@acme.example --account acme --role owner
  muster download --account acme -o users.xlsx       everyone, as a spreadsheet
  muster template --account acme                     a workbook for new users
  muster import users.xlsx --account acme            read and check it; it waits in review
  muster import users.xlsx --account acme --apply    and complete it, if nothing is wrong
  muster change --account acme --search leeds --set department=Sales --apply
  muster undo imp_1m82b7vzdz07x --account acme       as if it had not been

Exit codes:
  0  done, or nothing is wrong
  1  the file or what was typed can't be used; stderr says why
  2  issues or conflicts wait in review";

/// Edit an organisation's users in bulk, with a spreadsheet, and be sure of the result.
///
/// Download everyone, edit in Excel, LibreOffice or Google Sheets, import, put right what is wrong, complete. What was downloaded
/// and not edited is never touched, an edit on top of somebody else's is told, and every import can be undone.
#[derive(Parser)]
#[command(name = "muster", version, after_help = EXAMPLES, max_term_width = 110)]
struct CommandLine {
    #[command(flatten)]
    start: start::Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::ServeFlags),
    #[command(subcommand)]
    Account(account::AccountCommand),
    Activity(activity::ActivityFlags),
    #[command(subcommand)]
    Admin(admin::AdminCommand),
    #[command(subcommand)]
    Operator(operator::OperatorCommand),
    #[command(subcommand)]
    Field(field::FieldCommand),
    #[command(subcommand)]
    Token(token::TokenCommand),
    #[command(subcommand)]
    Users(users::UsersCommand),
    Download(download::DownloadFlags),
    Template(template::TemplateFlags),
    Import(import::ImportFlags),
    Change(change::ChangeFlags),
    Changed(changed::ChangedFlags),
    Imports(imports::ImportsFlags),
    Undo(undo::UndoFlags),
    Verify(verify::VerifyFlags),
    Feedback(feedback::FeedbackFlags),
    #[command(subcommand)]
    Ticket(ticket::TicketCommand),
    Doctor(doctor::DoctorFlags),
    Migrate(migrate::MigrateFlags),
    Backup(backup::BackupFlags),
    Restore(backup::RestoreFlags),
    Health(health::HealthFlags),
    Completions(completions::CompletionsFlags),
    Man(man::ManFlags),
    CopyDatabase(copy_database::CopyFlags),
    Distribute(distribute::DistributeFlags),
}

/// Runs what was typed, and answers with its exit code: 0 done or clean, 1 file or usage, 2 issues or conflicts wait in review.
pub fn run() -> ExitCode {
    let typed = match CommandLine::try_parse() {
        Ok(typed) => typed,
        Err(error) => return told_usage(&error),
    };
    match start(typed) {
        Ok(ending) => ending.into(),
        Err(failure) => failure.told(),
    }
}

fn start(typed: CommandLine) -> Result<Ending, Failure> {
    // A server tells what it does; a command says by itself what it did, and the log only what is amiss, and who may do what from now on.
    let tells = matches!(
        typed.command,
        Command::Serve(_)
            | Command::Account(_)
            | Command::Admin(_)
            | Command::Operator(_)
            | Command::Token(_)
            | Command::Ticket(_)
    );
    let level = if tells { Level::INFO } else { Level::WARN };
    let start = typed.start.read(level)?;
    match typed.command {
        Command::Serve(typed) => serve::run(&typed, &start),
        Command::Account(typed) => account::run(typed, &start),
        Command::Activity(typed) => activity::run(&typed, &start),
        Command::Admin(typed) => admin::run(typed, &start),
        Command::Operator(typed) => operator::run(typed, &start),
        Command::Field(typed) => field::run(typed, &start),
        Command::Token(typed) => token::run(typed, &start),
        Command::Users(typed) => users::run(typed, &start),
        Command::Download(typed) => download::run(&typed, &start),
        Command::Template(typed) => template::run(&typed, &start),
        Command::Import(typed) => import::run(&typed, &start),
        Command::Change(typed) => change::run(&typed, &start),
        Command::Changed(typed) => changed::run(&typed, &start),
        Command::Imports(typed) => imports::run(&typed, &start),
        Command::Undo(typed) => undo::run(&typed, &start),
        Command::Verify(typed) => verify::run(&typed, &start),
        Command::Feedback(typed) => feedback::run(&typed, &start),
        Command::Ticket(typed) => ticket::run(typed, &start),
        Command::Doctor(typed) => doctor::run(&typed, &start),
        Command::Migrate(typed) => migrate::run(&typed, &start),
        Command::Backup(typed) => backup::back_up(&typed, &start),
        Command::Restore(typed) => backup::restore(&typed, &start),
        Command::Health(typed) => health::run(&typed, &start),
        Command::Completions(typed) => completions::run(&typed, CommandLine::command()),
        Command::Man(typed) => man::run(&typed, CommandLine::command()),
        Command::CopyDatabase(typed) => copy_database::run(&typed, &start),
        Command::Distribute(typed) => distribute::run(&typed, &start),
    }
}

/// Help and version go to stdout and are no failure; anything else is one of usage. A closed pipe is not worth a word.
fn told_usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_can_be_parsed() {
        CommandLine::command().debug_assert();
    }
}
