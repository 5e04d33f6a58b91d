//! Percentiles of samples, and which input an output follows.
