//! The command `banxin`: exit codes and the broken pipe; nothing else.

fn main() {}
