//! What accumulates while traffic grows and old records leave.
