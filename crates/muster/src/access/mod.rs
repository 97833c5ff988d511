//! Who may do what: administrators, sessions, tokens, roles.
