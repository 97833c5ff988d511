//! What a sentence costs: `cargo run --release -p sentences --example sentence_speed`.

use std::hint::black_box;
use std::time::Instant;

use sentences::say;

/// Sentences of each kind.
const COUNT: u32 = 100_000;

fn main() {
    measure("plain", |_| black_box(say!("cell-unreadable")).len());
    measure("one text", |_| say!("required", title = black_box("Job title")).len());
    measure("two texts", |_| {
        say!("not-a-choice", value = black_box("Fianance"), title = black_box("Department")).len()
    });
    measure("a plural", |number| say!("edited", users = i64::from(number)).len());
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
fn measure(what: &str, mut say: impl FnMut(u32) -> usize) {
    say(0);
    let begin = Instant::now();
    let letters: usize = (0..COUNT).map(&mut say).sum();
    let each = begin.elapsed().as_nanos() / u128::from(COUNT);
    println!("{what}: {each} ns each ({letters} bytes)");
}
