//! What a user, a field, a change and an issue are.
