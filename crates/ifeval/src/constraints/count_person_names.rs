//! `count:person_names`: different names of a list of fifty, each a word of its own.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:person_names",
    suite: Suite::IfBench,
    prompt: "Mention at least {N} different person names in the response, from this list of person names: Emma, Liam, Sophia, Jackson, Olivia, Noah, Ava, Lucas, Isabella, Mason, Mia, Ethan, Charlotte, Alexander, Amelia, Benjamin, Harper, Leo, Zoe, Daniel, Chloe, Samuel, Lily, Matthew, Grace, Owen, Abigail, Gabriel, Ella, Jacob, Scarlett, Nathan, Victoria, Elijah, Layla, Nicholas, Audrey, David, Hannah, Christopher, Penelope, Thomas, Nora, Andrew, Aria, Joseph, Claire, Ryan, Stella, Jonathan .",
    fields: &[Field { name: "N", kind: Kind::Count(1, 8) }],
    claims: &[Claim::Keywords, Claim::Language],
    example: Example { kwargs: r#"{"N": 2}"#, passes: "Emma met Liam.", fails: "Emma met Bob." },
    check,
    ..BASE
};

const NAMES: [&str; 50] = [
    "Emma",
    "Liam",
    "Sophia",
    "Jackson",
    "Olivia",
    "Noah",
    "Ava",
    "Lucas",
    "Isabella",
    "Mason",
    "Mia",
    "Ethan",
    "Charlotte",
    "Alexander",
    "Amelia",
    "Benjamin",
    "Harper",
    "Leo",
    "Zoe",
    "Daniel",
    "Chloe",
    "Samuel",
    "Lily",
    "Matthew",
    "Grace",
    "Owen",
    "Abigail",
    "Gabriel",
    "Ella",
    "Jacob",
    "Scarlett",
    "Nathan",
    "Victoria",
    "Elijah",
    "Layla",
    "Nicholas",
    "Audrey",
    "David",
    "Hannah",
    "Christopher",
    "Penelope",
    "Thomas",
    "Nora",
    "Andrew",
    "Aria",
    "Joseph",
    "Claire",
    "Ryan",
    "Stella",
    "Jonathan",
];

fn check(c: &Check<'_, '_>) -> Evidence {
    let words: HashSet<&str> = python::words(c.text.raw).collect();
    Evidence::count(NAMES.iter().filter(|name| words.contains(**name)).count(), Bound::AtLeast, c.args.count("N"))
}
