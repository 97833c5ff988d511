//! The program: one binary with subcommands.

fn main() -> std::process::ExitCode {
    muster::cli::run()
}
