//! Book pages: golden dumps of small articles, and what holds on any page that is generated.

mod code;
mod ends;
mod figures;
mod generated;
mod golden;
mod matter;
mod nested;
mod newspapers;
mod papers;
mod press;
#[allow(unreachable_pub, reason = "one module of two programs")]
mod proof;
mod slots;
mod specimen;
mod tables;
mod themes;
