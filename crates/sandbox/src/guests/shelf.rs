//! The guests of one sandbox: one that is there from the start, and the others, found or made when a program first needs them.

use super::{GuestModule, Guests, Recipe};
use crate::{Language, Request, SandboxError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Guests by language. Clones share what they find.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    first: GuestModule,
    others: Arc<Mutex<BTreeMap<&'static str, Result<GuestModule, SandboxError>>>>,
}

impl Shelf {
    /// `first`, and whatever is in the same cache folder.
    pub(crate) fn new(first: &GuestModule) -> Self {
        Self { first: first.clone(), others: Arc::default() }
    }

    pub(crate) fn first(&self) -> &GuestModule {
        &self.first
    }

    /// The guest that runs this language, made now if it is one of those that are made by themselves. Other threads that need one wait meanwhile.
    ///
    /// # Errors
    /// [`SandboxError::GuestMissing`]. One that could not be made is not tried again by this sandbox; one that has to be built by hand is looked for each time.
    pub(crate) fn get(&self, language: Language) -> Result<GuestModule, SandboxError> {
        let recipe = Recipe::of(language)
            .ok_or_else(|| SandboxError::GuestMissing { language: language.name().to_owned(), message: "there is none".to_owned() })?;
        self.get_made(recipe, language)
    }

    /// The guest for a request: one that has the packages it asks for, or, where that cannot be made, the one of its language, in which they are not there.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub(crate) fn get_for(&self, request: &Request) -> Result<GuestModule, SandboxError> {
        match Recipe::with_packages(request).map(|recipe| self.get_made(recipe, request.language)) {
            Some(Ok(guest)) => Ok(guest),
            _ => self.get(request.language),
        }
    }

    fn get_made(&self, recipe: &'static Recipe, language: Language) -> Result<GuestModule, SandboxError> {
        let missing = |message: String| SandboxError::GuestMissing { language: language.name().to_owned(), message };
        if recipe.name() == self.first.recipe.name() {
            return Ok(self.first.clone());
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others.get(recipe.name()) {
            return known.clone();
        }
        let cache = Guests::new(&self.first.cache);
        if recipe.is_built_by_hand() && !cache.is_built(recipe) {
            return Err(missing(format!("build it with `gavel guests build {}`", recipe.name())));
        }
        let made = cache.get(recipe, &mut |_| {}).map_err(|error| missing(error.to_string()));
        others.insert(recipe.name(), made.clone());
        made
    }
}
