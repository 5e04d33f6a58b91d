//! Numbers with units, ranges, and the expression language over them.
