//! Making items.

use crate::config::InvalidConfig;
use crate::entry::Entry;
use crate::level::Attribute;
use crate::rng::Rng;
use gavel_task::Difficulty;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The version of all generators: an item is the same on every machine for as long as this number stays.
pub const VERSION: u32 = 1;

/// Why no item was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// The configuration is not one.
    #[error("configuration of `{dataset}`: {source}")]
    Config {
        /// The dataset.
        dataset: &'static str,
        /// What is wrong.
        source: InvalidConfig,
    },
    /// No item of this configuration was found in a bounded number of tries.
    #[error("`{dataset}`: no solvable item found for this configuration in {tries} tries; ask for less")]
    Infeasible {
        /// The dataset.
        dataset: &'static str,
        /// How often it was tried.
        tries: u32,
    },
}

/// What a puzzle's generator returns for one item.
pub(crate) struct Problem {
    /// What the model is asked.
    pub(crate) question: String,
    /// An answer that scores 1.
    pub(crate) answer: String,
    /// What the scorer needs, with upstream's names. `source_dataset`, `source_index` and `generator_version` are added.
    pub(crate) metadata: Value,
}

/// A typed generator: what a puzzle implements.
pub(crate) trait Generate: Send + Sync + 'static {
    /// The dataset's name.
    const NAME: &'static str;
    /// Names and defaults as upstream, with `#[serde(default, deny_unknown_fields)]`.
    type Config: Serialize + DeserializeOwned + Default + Send;
    /// Upstream's curriculum.
    const CURRICULUM: &'static [Attribute];

    /// Whether the configuration can be used, and in bounded time: generous bounds on whatever makes an item large.
    fn validate(config: &Self::Config) -> Result<(), InvalidConfig>;

    /// Makes an item from a configuration that is valid. `None` when this draw came to nothing, to be tried again with other numbers.
    fn generate(config: &Self::Config, rng: &mut Rng) -> Option<Problem>;
}

/// Items of a dataset, made one by one.
pub type Entries = Box<dyn Iterator<Item = Result<Entry, GenerateError>> + Send>;

/// How often a draw is repeated before the configuration counts as infeasible.
const TRIES: u32 = 1000;

/// A generator whose configuration is JSON.
pub trait Generator: Send + Sync {
    /// The default configuration.
    fn default_config(&self) -> Value;

    /// The curriculum: what a level raises.
    fn curriculum(&self) -> &'static [Attribute];

    /// The whole configuration of a difficulty.
    ///
    /// # Errors
    /// If a field is unknown, has another type or a value that cannot be used.
    fn config(&self, difficulty: &Difficulty) -> Result<Value, GenerateError>;

    /// Items `start..start + count` of a seed, made one by one as the iterator is asked.
    ///
    /// # Errors
    /// As [`config`](Self::config).
    fn generate(&self, difficulty: &Difficulty, seed: u64, start: u64) -> Result<Entries, GenerateError>;
}

impl<G: Generate> Generator for G {
    fn default_config(&self) -> Value {
        json!(G::Config::default())
    }

    fn curriculum(&self) -> &'static [Attribute] {
        G::CURRICULUM
    }

    fn config(&self, difficulty: &Difficulty) -> Result<Value, GenerateError> {
        read_config::<G>(difficulty).map(|config| json!(config))
    }

    fn generate(&self, difficulty: &Difficulty, seed: u64, start: u64) -> Result<Entries, GenerateError> {
        let config = read_config::<G>(difficulty)?;
        // The configuration is part of the stream's name: items of two configurations have nothing in common.
        let dataset = format!("{} {}", G::NAME, json!(config));
        Ok(Box::new(ConfigItems::<G> { config, dataset, seed, index: start }))
    }
}

struct ConfigItems<G: Generate> {
    config: G::Config,
    dataset: String,
    seed: u64,
    index: u64,
}

impl<G: Generate> Iterator for ConfigItems<G> {
    type Item = Result<Entry, GenerateError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut rng = Rng::new(&self.dataset, VERSION, self.seed, self.index);
        let index = self.index;
        self.index = index.checked_add(1)?;
        let problem = (0..TRIES).find_map(|_| G::generate(&self.config, &mut rng));
        Some(problem.map(|problem| entry(G::NAME, index, problem)).ok_or(GenerateError::Infeasible { dataset: G::NAME, tries: TRIES }))
    }
}

fn entry(dataset: &'static str, index: u64, problem: Problem) -> Entry {
    let mut metadata = problem.metadata;
    metadata["source_dataset"] = dataset.into();
    metadata["source_index"] = index.into();
    metadata["generator_version"] = VERSION.into();
    let metadata = serde_json::value::to_raw_value(&metadata).expect("a JSON value is JSON");
    Entry { question: problem.question, answer: Some(problem.answer), metadata }
}

fn read_config<G: Generate>(difficulty: &Difficulty) -> Result<G::Config, GenerateError> {
    let fail = |source| GenerateError::Config { dataset: G::NAME, source };
    let Value::Object(mut fields) = json!(G::Config::default()) else { unreachable!("a configuration is a struct") };
    match difficulty {
        Difficulty::Default => {}
        Difficulty::Level(level) => G::CURRICULUM.iter().for_each(|attribute| attribute.apply(*level, &mut fields)),
        Difficulty::Config(given) => fields.extend(given.clone()),
    }
    let config: G::Config = serde_path_to_error::deserialize(Value::Object(fields))
        .map_err(|error| fail(InvalidConfig::new(error.path().to_string(), error.inner().to_string())))?;
    G::validate(&config).map_err(fail)?;
    Ok(config)
}
