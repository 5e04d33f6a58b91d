//! Model and numbers → diagrams: every kind makes a picture, and every format writes pictures.

pub mod picture;
