//! `custom:csv_special_character`: a header and fourteen rows of five columns, one field in quotation marks with a special character.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:csv_special_character",
    suite: Suite::IfBench,
    prompt: "Generate CSV data: The column names are [\"ProductID\", \"Category\", \"Brand\", \"Price\", \"Stock\"], the data should be comma delimited. Please generate 14 rows. Add one field which contains a special character and enclose it in double quotes.",
    claims: &[Claim::Task],
    example: Example {
        passes: "ProductID,Category,Brand,Price,Stock\n1,a,\"b&c\",2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3\n1,a,b,2,3",
        fails: "ProductID,Category",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static HEADER: LazyLock<Regex> = LazyLock::new(|| {
        let names = ["ProductID", "Category", "Brand", "Price", "Stock"].map(|name| format!("({name}|\"{name}\")"));
        fixed(&format!("^{}$", names.join(r",[ \t]*")))
    });
    if !HEADER.is_match(strip(c.text.raw.split('\n').next().unwrap_or(""))) {
        return Evidence::fail().wanted("the header");
    }
    // Quotation marks are tripled so that the reader leaves one of each in the field.
    let Ok(rows) = python::csv(&c.text.raw.replace('"', "\"\"\""), ',') else { return Evidence::fail().wanted("CSV") };
    if rows.len() != 15 {
        return Evidence::count(rows.len(), Bound::Exactly, 15);
    }
    for (index, row) in rows.iter().enumerate().skip(1) {
        if row.len() != 5 {
            return Evidence::fail().line(index + 1);
        }
        if let Some(field) = row.iter().find(|field| has_special(field)) {
            return Evidence::pass().word(field).line(index + 1);
        }
    }
    Evidence::fail().wanted("a special character in quotation marks")
}

/// `".*[^\d\w\s].*"`, from the start of the field and on one line.
fn has_special(field: &str) -> bool {
    let line = field.split('\n').next().unwrap_or("");
    let inside = line.strip_prefix('"').and_then(|line| line.rsplit_once('"'));
    inside.is_some_and(|(inside, _)| inside.chars().any(|c| !is_word(c) && !is_space(c)))
}
