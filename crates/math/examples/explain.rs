//! Explains gradings: every line of standard input is a reference and an answer, parted by ` | `.

#![expect(clippy::print_stdout, reason = "an example")]

use gavel_math::equal::Steps;
use gavel_math::grade::{Policy, grade};
use gavel_math::read::read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lines() {
        let line = line?;
        let Some((reference, given)) = line.split_once(" | ") else { continue };
        let (one, two) = (read(reference)?, read(given)?);
        let ruling = grade(&one, &two, &Policy::default(), &mut Steps::default());
        println!("{reference} | {given}: {:?}, {ruling}\n  {one:?}\n  {two:?}", ruling.outcome);
    }
    Ok(())
}
