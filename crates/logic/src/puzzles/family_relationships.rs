//! What one member of a family is to another, from who is married to whom and whose children they are.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct FamilyRelationships;

impl Puzzle for FamilyRelationships {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Name what one person of a family is to another."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["mother-in-law and its like may be written with spaces"]
    }

    /// The stored word decides, also where upstream stores the other person's: for nieces, nephews and relations by marriage its items name what the second
    /// person is to the first, or take the second's gender.
    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let plain = |text: &str| python::strip(text).to_lowercase();
        Ok(Grade::binary(match mode {
            Mode::Parity => plain(answer) == plain(gold),
            Mode::Strict => plain(answer).replace(' ', "-") == plain(gold).replace(' ', "-"),
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_family_size: usize,
    max_family_size: usize,
    male_names: Vec<String>,
    female_names: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self { min_family_size: 4, max_family_size: 8, male_names: owned(&MALE_NAMES), female_names: owned(&FEMALE_NAMES) }
    }
}

/// Our own lists: who is a man is told by the name alone, so each name is common for one gender only.
#[rustfmt::skip]
const MALE_NAMES: [&str; 36] = [
    "Adam", "Albert", "Anthony", "Arthur", "Benjamin", "Brian", "Carl", "Daniel", "David", "Edward", "Eric", "Frank", "Frederick", "George", "Gregory", "Harold", "Henry",
    "Ivan", "Jacob", "James", "Kenneth", "Lawrence", "Leonard", "Martin", "Nicholas", "Oscar", "Patrick", "Paul", "Peter", "Raymond", "Richard", "Stephen", "Thomas",
    "Victor", "Walter", "William",
];

#[rustfmt::skip]
const FEMALE_NAMES: [&str; 36] = [
    "Agnes", "Alice", "Amanda", "Barbara", "Beatrice", "Caroline", "Charlotte", "Clara", "Diana", "Dorothy", "Edith", "Eleanor", "Emma", "Esther", "Florence", "Hannah",
    "Helen", "Irene", "Isabella", "Jane", "Julia", "Laura", "Louise", "Lucy", "Margaret", "Martha", "Mary", "Nancy", "Olivia", "Patricia", "Rachel", "Rebecca", "Sarah",
    "Sophia", "Susan", "Victoria",
];

impl Generate for FamilyRelationships {
    const NAME: &'static str = "family_relationships";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("family_size", "min_family_size", "max_family_size", Levels::Ints(&[3, 4, 5, 6, 7, 8, 9, 10, 11]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_family_size, max_family_size, 3..=100)?;
        let mut known = std::collections::BTreeSet::new();
        for (field, names) in [("male_names", &config.male_names), ("female_names", &config.female_names)] {
            if names.len() < config.max_family_size {
                return Err(InvalidConfig::new(
                    field,
                    format!("{} names are fewer than a family of {} may need", names.len(), config.max_family_size),
                ));
            }
            if let Some(name) = names.iter().find(|name| !known.insert(name.as_str())) {
                return Err(InvalidConfig::new(field, format!("`{name}` occurs twice")));
            }
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let size = rng.size(config.min_family_size, config.max_family_size);
        let family = Family::draw(size, config, rng);
        let pairs = || (0..family.people.len()).flat_map(|one| (0..family.people.len()).map(move |other| (one, other)));
        let related: Vec<(usize, usize)> = pairs().filter(|&(one, other)| family.relation(one, other).is_some()).collect();
        let (one, other) = *rng.choose(&related);
        let relation = family.relation(one, other).expect("the pair was chosen for it");
        let [one, other] = [one, other].map(|person| family.people[person].name);
        Some(Problem {
            question: format!(
                "{}\n\nWhat is {one} to {other}? Answer with one word, such as father, niece or brother, with hyphens where it has them.",
                family.story(rng),
            ),
            answer: relation.to_owned(),
            metadata: json!({
                "person1": one,
                "person2": other,
                "relationship": relation,
                "family_size": family.people.len(),
                "difficulty": {"family_size": [config.min_family_size, config.max_family_size]},
            }),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

struct Person<'a> {
    name: &'a str,
    gender: Gender,
    spouse: Option<usize>,
    /// Index of the couple whose child this is.
    parents: Option<usize>,
}

/// People and couples, who refer to one another by index.
struct Family<'a> {
    people: Vec<Person<'a>>,
    couples: Vec<[usize; 2]>,
}

/// Names in random order, taken one by one.
struct Names<'a> {
    male: Vec<&'a str>,
    female: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn shuffled(config: &'a Config, rng: &mut Rng) -> Self {
        let mut shuffle = |names: &'a [String]| {
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            rng.shuffle(&mut names);
            names
        };
        Self { male: shuffle(&config.male_names), female: shuffle(&config.female_names) }
    }

    fn take(&mut self, gender: Gender) -> &'a str {
        let names = if gender == Gender::Male { &mut self.male } else { &mut self.female };
        names.pop().expect("the configuration has a name for everyone")
    }
}

impl<'a> Family<'a> {
    /// A family of this size, three or more. The larger it is, the more of it there is beside the children: the father with his parents, the mother, her parents, the
    /// father's brother and sister with their spouses.
    fn draw(size: usize, config: &'a Config, rng: &mut Rng) -> Self {
        let mut names = Names::shuffled(config, rng);
        let mut family = Self { people: Vec::new(), couples: Vec::new() };
        let paternal = family.add_couple(None, None, &mut names);
        if size == 3 {
            family.add(Gender::Male, Some(paternal), &mut names);
            return family;
        }
        let maternal = (size > 6).then(|| family.add_couple(None, None, &mut names));
        let mut parents = vec![family.add_couple(Some(paternal), maternal, &mut names)];
        if size > 8 {
            parents.push(family.add_couple(Some(paternal), None, &mut names));
        }
        if size > 10 {
            parents.push(family.add_couple(None, Some(paternal), &mut names));
        }
        while family.people.len() < size {
            let gender = *rng.choose(&[Gender::Male, Gender::Female]);
            let couple = *rng.choose(&parents);
            family.add(gender, Some(couple), &mut names);
        }
        family
    }

    fn add(&mut self, gender: Gender, parents: Option<usize>, names: &mut Names<'a>) -> usize {
        self.people.push(Person { name: names.take(gender), gender, spouse: None, parents });
        self.people.len() - 1
    }

    /// A man and a woman who are married, each with the couple whose child they are.
    fn add_couple(&mut self, his_parents: Option<usize>, her_parents: Option<usize>, names: &mut Names<'a>) -> usize {
        let (man, woman) = (self.add(Gender::Male, his_parents, names), self.add(Gender::Female, her_parents, names));
        self.people[man].spouse = Some(woman);
        self.people[woman].spouse = Some(man);
        self.couples.push([man, woman]);
        self.couples.len() - 1
    }

    fn is_parent(&self, one: usize, other: usize) -> bool {
        self.people[other].parents.is_some_and(|couple| self.couples[couple].contains(&one))
    }

    fn are_siblings(&self, one: usize, other: usize) -> bool {
        one != other && self.people[one].parents.is_some() && self.people[one].parents == self.people[other].parents
    }

    /// Whether `one` is a parent of somebody of whom `holds` is true.
    fn is_parent_of(&self, one: usize, holds: impl Fn(usize) -> bool) -> bool {
        (0..self.people.len()).any(|between| self.is_parent(one, between) && holds(between))
    }

    /// What `one` is to `other`, if there is a word for it among upstream's or those of children in law.
    fn relation(&self, one: usize, other: usize) -> Option<&'static str> {
        let spouse = |person: usize| self.people[person].spouse;
        let (male, female) = if self.is_parent(one, other) {
            ("father", "mother")
        } else if self.is_parent(other, one) {
            ("son", "daughter")
        } else if spouse(one) == Some(other) {
            ("husband", "wife")
        } else if self.are_siblings(one, other) {
            ("brother", "sister")
        } else if self.is_parent_of(one, |between| self.is_parent(between, other)) {
            ("grandfather", "grandmother")
        } else if (0..self.people.len()).any(|parent| self.are_siblings(one, parent) && self.is_parent(parent, other)) {
            ("uncle", "aunt")
        } else if (0..self.people.len()).any(|parent| self.are_siblings(other, parent) && self.is_parent(parent, one)) {
            ("nephew", "niece")
        } else if self.is_parent_of(one, |between| spouse(between) == Some(other)) {
            ("father-in-law", "mother-in-law")
        } else if self.is_parent_of(other, |between| spouse(between) == Some(one)) {
            ("son-in-law", "daughter-in-law")
        } else {
            return None;
        };
        Some(if self.people[one].gender == Gender::Male { male } else { female })
    }

    /// Every marriage with its children, in random order.
    fn story(&self, rng: &mut Rng) -> String {
        let mut couples: Vec<(usize, [usize; 2])> = self.couples.iter().copied().enumerate().collect();
        rng.shuffle(&mut couples);
        let describe = |&(couple, [man, woman]): &(usize, [usize; 2])| {
            let children: Vec<&str> =
                self.people.iter().filter(|person| person.parents == Some(couple)).map(|person| person.name).collect();
            let children = match children.as_slice() {
                [] => String::new(),
                [only] => format!(" They have one child, {only}."),
                [first @ .., last] => format!(" Their children are {} and {last}.", first.join(", ")),
            };
            format!("{} and {} are married.{children}", self.people[man].name, self.people[woman].name)
        };
        couples.iter().map(describe).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&FamilyRelationships);
    }

    #[test]
    fn case_and_hyphens_are_free() {
        for (answer, parity, strict) in [(" Mother-in-Law\n", 1.0, 1.0), ("mother in law", 0.0, 1.0), ("mother", 0.0, 0.0)] {
            check::score(&FamilyRelationships, answer, "mother-in-law", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn words_tell_what_the_first_is_to_the_second() {
        let config = Config::default();
        let family = Family::draw(12, &config, &mut Rng::new("family", 1, 0, 0));
        let relation = |one, other| family.relation(one, other);
        // 0 and 1 are the father's parents, 2 and 3 the mother's, 4 and 5 the parents, 6 and 7 his brother and wife, 8 and 9 his sister and her husband.
        assert_eq!(relation(0, 6), Some("father"));
        assert_eq!(relation(9, 1), Some("daughter"));
        assert_eq!(relation(4, 9), Some("brother"));
        assert_eq!(relation(7, 1), Some("daughter-in-law"));
        assert_eq!(relation(3, 4), Some("mother-in-law"));
        assert_eq!(relation(8, 4), None);
        for child in 10..12 {
            assert!(["nephew", "niece", "son", "daughter"].contains(&relation(child, 4).unwrap()));
            assert!(["grandfather", "father"].contains(&relation(0, child).unwrap()));
        }
    }
}
