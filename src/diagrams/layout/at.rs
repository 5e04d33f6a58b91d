//! Lists that answer for every index: layouts are full of indexes into lists of the same length, and none may panic.

/// A list of small values; where there is none, the answer is the default one.
pub(crate) trait At<T> {
    /// The value at a place.
    fn at(&self, place: usize) -> T;
    /// Writes a value at a place that exists.
    fn put(&mut self, place: usize, value: T);
}

impl<T: Copy + Default> At<T> for [T] {
    fn at(&self, place: usize) -> T {
        self.get(place).copied().unwrap_or_default()
    }

    fn put(&mut self, place: usize, value: T) {
        if let Some(slot) = self.get_mut(place) {
            *slot = value;
        }
    }
}

// On lists that own what they hold as well: there a value may be read while the place for the next one is being found.
impl<T: Copy + Default> At<T> for Vec<T> {
    fn at(&self, place: usize) -> T {
        self.as_slice().at(place)
    }

    fn put(&mut self, place: usize, value: T) {
        self.as_mut_slice().put(place, value);
    }
}

/// Lists of lists; where there is none, the answer is an empty one.
pub(crate) trait Lists<T> {
    /// The list at a place.
    fn list(&self, place: usize) -> &[T];
    /// Adds to the list at a place.
    fn add(&mut self, place: usize, value: T);
}

impl<T> Lists<T> for [Vec<T>] {
    fn list(&self, place: usize) -> &[T] {
        self.get(place).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, place: usize, value: T) {
        if let Some(list) = self.get_mut(place) {
            list.push(value);
        }
    }
}
