//! `custom:csv_quotes`: a header and three rows of five fields in quotation marks, with tabs between.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:csv_quotes",
    suite: Suite::IfBench,
    prompt: "Generate CSV data: The column names are [\"StudentID\", \"Subject\", \"Grade\", \"Semester\", \"Score\"], the data should be tab delimited. Please generate 3 rows and enclose each single field in double quotes.",
    claims: &[Claim::Task],
    example: Example {
        passes: "\"StudentID\"	\"Subject\"	\"Grade\"	\"Semester\"	\"Score\"\n\"1\"	\"a\"	\"b\"	\"c\"	\"d\"\n\"1\"	\"a\"	\"b\"	\"c\"	\"d\"\n\"1\"	\"a\"	\"b\"	\"c\"	\"d\"",
        fails: "StudentID	Subject",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static HEADER: LazyLock<Regex> = LazyLock::new(|| {
        let names = ["StudentID", "Subject", "Grade", "Semester", "Score"].map(|name| format!("({name}|\"{name}\")"));
        fixed(&format!("^{}$", names.join(r"\t *")))
    });
    if !HEADER.is_match(strip(c.text.raw.split('\n').next().unwrap_or(""))) {
        return Evidence::fail().wanted("the header");
    }
    let Ok(rows) = python::csv(&c.text.raw.replace('"', "\"\"\""), '\t') else { return Evidence::fail().wanted("CSV") };
    if rows.len() != 4 {
        return Evidence::count(rows.len(), Bound::Exactly, 4);
    }
    let is_quoted = |field: &String| strip(field).starts_with('"') && strip(field).ends_with('"');
    match rows.iter().position(|row| row.len() != 5 || !row.iter().all(is_quoted)) {
        Some(index) => Evidence::fail().line(index + 1),
        None => Evidence::pass(),
    }
}
