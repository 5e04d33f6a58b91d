//! What fails together, and how rarely.
