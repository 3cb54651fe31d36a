//! Book pages: golden dumps of small articles, and what holds on any page that is generated.

mod code;
mod figures;
mod generated;
mod golden;
mod press;
mod specimen;
mod tables;
