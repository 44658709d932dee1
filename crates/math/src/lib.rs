//! Mathematics without a computer algebra system.
