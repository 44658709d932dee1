//! Prolonged reinforcement learning against a verifier.
