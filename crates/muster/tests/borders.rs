//! The borders of the rooms.
