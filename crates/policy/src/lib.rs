//! A language model that can be trained and sampled.
