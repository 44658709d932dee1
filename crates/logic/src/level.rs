//! Difficulty levels: upstream's curricula as data.

use serde::Serialize;
use serde_json::{Map, Value};

/// One attribute that grows with the level.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Attribute {
    /// Upstream's name.
    pub name: &'static str,
    /// Its value at each level.
    pub levels: Levels,
    /// The level that counts as 0: upstream starts some attributes higher.
    pub default_level: usize,
    /// What it sets in the configuration.
    pub fields: Fields,
}

/// The values of an attribute, from easy to hard.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Levels {
    /// Whole numbers.
    Ints(&'static [i64]),
    /// Real numbers.
    Floats(&'static [f64]),
    /// Anything else, each as JSON text.
    Json(&'static [&'static str]),
}

/// The configuration fields of an attribute.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fields {
    /// One field takes the level's value.
    Scalar(&'static str),
    /// A lower and an upper bound take the values of level 0 and of this level; a value that is a list gives both by its extremes.
    Range(&'static str, &'static str),
    /// As `Range`, the upper bound one level higher, so that the two differ.
    Interval(&'static str, &'static str),
}

impl Attribute {
    /// An attribute that sets one field.
    pub const fn scalar(name: &'static str, field: &'static str, levels: Levels) -> Self {
        Self { name, levels, default_level: 0, fields: Fields::Scalar(field) }
    }

    /// An attribute that sets two bounds.
    pub const fn range(name: &'static str, lower: &'static str, upper: &'static str, levels: Levels) -> Self {
        Self { name, levels, default_level: 0, fields: Fields::Range(lower, upper) }
    }

    /// An attribute that sets two bounds which differ.
    pub const fn interval(name: &'static str, lower: &'static str, upper: &'static str, levels: Levels) -> Self {
        Self { name, levels, default_level: 0, fields: Fields::Interval(lower, upper) }
    }

    /// The same, starting at a higher level.
    pub const fn starting_at(mut self, level: usize) -> Self {
        self.default_level = level;
        self
    }

    /// Writes this attribute's fields for `level`, counted from the default level and held at the highest one.
    pub(crate) fn apply(&self, level: usize, config: &mut Map<String, Value>) {
        let last = self.levels.len() - 1;
        let index = (self.default_level + level).min(last);
        let mut set = |field: &str, value: Value| config.insert(field.to_owned(), value);
        match self.fields {
            Fields::Scalar(field) => {
                set(field, self.levels.value(index));
            }
            Fields::Range(lower, upper) | Fields::Interval(lower, upper) => {
                let ends = if let Value::Array(ends) = self.levels.value(index) {
                    ends
                } else {
                    let high = if matches!(self.fields, Fields::Interval(..)) { (index + 1).min(last) } else { index };
                    vec![self.levels.value(0), self.levels.value(high)]
                };
                let number = |value: &Value| value.as_f64().expect("bounds are numbers");
                let least = ends.iter().min_by(|a, b| number(a).total_cmp(&number(b))).expect("not empty");
                let most = ends.iter().max_by(|a, b| number(a).total_cmp(&number(b))).expect("not empty");
                set(lower, least.clone());
                set(upper, most.clone());
            }
        }
    }
}

impl Levels {
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Ints(values) => values.len(),
            Self::Floats(values) => values.len(),
            Self::Json(values) => values.len(),
        }
    }

    fn value(&self, index: usize) -> Value {
        match self {
            Self::Ints(values) => values[index].into(),
            Self::Floats(values) => values[index].into(),
            Self::Json(values) => serde_json::from_str(values[index]).expect("a test reads every level"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "read beside the calls")]
    fn check(attribute: Attribute, level: usize, expect: Value) {
        let mut config = Map::new();
        attribute.apply(level, &mut config);
        assert_eq!(Value::Object(config), expect);
    }

    #[test]
    fn levels_set_fields_as_upstream_does() {
        let levels = Levels::Ints(&[2, 5, 9]);
        check(Attribute::scalar("n", "n", levels), 1, json!({"n": 5}));
        check(Attribute::range("n", "min", "max", levels), 0, json!({"min": 2, "max": 2}));
        check(Attribute::range("n", "min", "max", levels), 7, json!({"min": 2, "max": 9}));
        check(Attribute::interval("n", "min", "max", levels), 0, json!({"min": 2, "max": 5}));
        check(Attribute::range("n", "min", "max", levels).starting_at(1), 0, json!({"min": 2, "max": 5}));
        check(Attribute::range("n", "min", "max", Levels::Json(&["[0, 5]", "[-7, 3, 1]"])), 1, json!({"min": -7, "max": 3}));
        check(Attribute::range("n", "min", "max", Levels::Ints(&[-1, -5])), 1, json!({"min": -5, "max": -1}));
    }
}
