//! `custom:european_capitals_sort`: the list of capitals, to the letter but for accents.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:european_capitals_sort",
    suite: Suite::IfBench,
    prompt: "Give me the names of all capital cities of european countries whose latitude is higher than than 45 degrees? List the capital cities without country names, separated by commas, sorted by latitude, from highest to lowest.",
    claims: &[Claim::Task],
    example: Example {
        passes: "Reykjavik, Helsinki, Oslo, Tallinn, Stockholm, Riga, Moscow, Copenhagen, Vilnius, Minsk, Dublin, Berlin, Amsterdam, Warsaw, London, Brussels, Prague, Luxembourg, Paris, Vienna, Bratislava, Budapest, Vaduz, Chisinau, Bern, Ljubljana, Zagreb",
        fails: "Oslo, Riga",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = ascii_only(c.text.raw);
    let capitals = text.split(',').map(strip).filter(|capital| !capital.is_empty());
    let mut wanted = CONSTRAINT.example.passes.split(", ");
    for capital in capitals {
        let next = wanted.next();
        if next != Some(capital) {
            return Evidence::fail().wanted(next.unwrap_or("")).word(capital);
        }
    }
    Evidence::when(wanted.next().is_none())
}
