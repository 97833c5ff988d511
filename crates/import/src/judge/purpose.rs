//! What rows and claims are judged for.

/// What rows and claims are judged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A plan that people review, made of files and fixes.
    Review,
    /// The form of one user.
    Form,
    /// The plan of an undo, which nobody reviews: it asks for nothing that the account did not have.
    Undo,
    /// A plan that was reviewed follows a directory that moved on: what turns red is new.
    Follow,
    /// The same of an undo.
    FollowUndo,
}

impl Purpose {
    /// Whether it tells the account what is free.
    pub(crate) fn asks(self) -> bool {
        matches!(self, Self::Review | Self::Form)
    }

    /// Whether it asks for nothing but what the account had.
    pub(crate) fn is_of_undo(self) -> bool {
        matches!(self, Self::Undo | Self::FollowUndo)
    }

    /// Whether the plan was judged before.
    pub(crate) fn follows(self) -> bool {
        matches!(self, Self::Follow | Self::FollowUndo)
    }
}
