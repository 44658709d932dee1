//! Landlock: no file, no TCP port, no abstract Unix socket, no signal to another process.
//!
//! The compiled guest is mapped before this wall is raised, and nothing is opened after it, so there is no rule that allows anything.

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use std::io;

/// The newest version whose rights are asked for. An older kernel takes away what it knows of; the first version already covers opening files.
const VERSION: ABI = ABI::V6;

/// Holds for the calling thread and for those that it starts.
pub(super) fn close() -> io::Result<()> {
    let restricted = Ruleset::default()
        .handle_access(AccessFs::from_all(VERSION))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(VERSION)))
        .and_then(|rules| rules.scope(Scope::from_all(VERSION)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self)
        .map_err(io::Error::other)?;
    match restricted.ruleset {
        RulesetStatus::NotEnforced => Err(io::Error::other("this kernel has no Landlock, or it is switched off")),
        RulesetStatus::PartiallyEnforced | RulesetStatus::FullyEnforced => Ok(()),
    }
}
