//! Hit ratios of caches.
