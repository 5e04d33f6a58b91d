//! Pictures drawn by the program itself: what they look like, and what always holds for them.

mod bodies;
mod charts;
mod fonts;
mod layout;
mod look;
mod output;
mod samples;
