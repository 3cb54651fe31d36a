//! The manuscript's contract: what an author writes, and what comes of it.

mod blocks;
mod marks;
mod publications;
#[allow(unreachable_pub, reason = "one program of several files")]
mod reading;
