//! Texts that are kept in one piece of memory for a while, so that no row costs an allocation.

/// Values that are kept in one piece of memory, which is filled again and again.
#[derive(Default)]
pub(crate) struct Texts(String);

/// Where a value lies in [`Texts`].
pub(crate) type Span = Option<(usize, usize)>;

impl Texts {
    pub(crate) fn keep(&mut self, value: Option<&str>) -> Span {
        let value = value?;
        let start = self.0.len();
        self.0.push_str(value);
        Some((start, self.0.len()))
    }

    pub(crate) fn get(&self, span: Span) -> Option<&str> {
        span.and_then(|(start, end)| self.0.get(start..end))
    }

    /// How much is kept.
    pub(crate) fn bytes(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
