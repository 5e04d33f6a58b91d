//! From daily volumes to the busiest second.
