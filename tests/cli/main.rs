//! The command as a user meets it: what it writes, what it says, how it ends.

mod bad_input;
mod fonts;
mod lines;
mod messages;
mod outputs;
#[allow(unreachable_pub, reason = "one program of several files")]
mod publication;
