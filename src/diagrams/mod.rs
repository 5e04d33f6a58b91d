//! Model and numbers → diagrams: every kind makes a picture, and every format writes pictures.

pub mod drawing;
pub mod layout;
pub mod picture;
pub mod png;
pub mod svg;
pub mod theme;
