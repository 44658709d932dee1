//! `custom:csv_city`: a header and seven rows of five columns.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:csv_city",
    suite: Suite::IfBench,
    prompt: "Generate CSV data: The column names are [\"ID\", \"Country\", \"City\", \"Year\", \"Count\"], the data should be comma delimited. Please generate 7 rows.",
    claims: &[Claim::Task],
    example: Example {
        passes: "ID,Country,City,Year,Count\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3",
        fails: "ID,Country,City",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let Ok(rows) = python::csv(c.text.raw, ',') else { return Evidence::fail().wanted("CSV") };
    if rows.len() != 8 {
        return Evidence::count(rows.len(), Bound::Exactly, 8);
    }
    let headed = rows.first().is_some_and(|header| header == &["ID", "Country", "City", "Year", "Count"]);
    match rows.iter().position(|row| row.len() != 5) {
        Some(index) => Evidence::fail().line(index + 1),
        None => Evidence::when(headed),
    }
}
