//! The contract of the store, on both databases. Each test gets a fresh one; what they share stands in `ground::scene`.

#[cfg(test)]
#[path = "store/access.rs"]
mod access;
#[cfg(test)]
#[path = "store/accounts.rs"]
mod accounts;
#[cfg(test)]
#[path = "store/applies.rs"]
mod applies;
#[cfg(test)]
#[path = "store/chain.rs"]
mod chain;
#[cfg(test)]
#[path = "store/cluster.rs"]
mod cluster;
#[cfg(test)]
#[path = "store/connections.rs"]
mod connections;
#[cfg(test)]
#[path = "store/creations.rs"]
mod creations;
#[cfg(test)]
#[path = "store/doctor.rs"]
mod doctor;
#[cfg(test)]
#[path = "store/faults.rs"]
mod faults;
#[cfg(test)]
#[path = "store/files.rs"]
mod files;
#[cfg(test)]
#[path = "store/given.rs"]
mod given;
#[cfg(test)]
#[path = "store/imports.rs"]
mod imports;
#[cfg(test)]
#[path = "store/once.rs"]
mod once;
#[cfg(test)]
#[path = "store/opening.rs"]
mod opening;
#[cfg(test)]
#[path = "store/orders.rs"]
mod orders;
#[cfg(test)]
#[path = "store/past.rs"]
mod past;
#[cfg(test)]
#[path = "store/plan_rows.rs"]
mod plan_rows;
#[cfg(test)]
#[path = "store/plans.rs"]
mod plans;
#[cfg(test)]
#[path = "store/portable.rs"]
mod portable;
#[cfg(test)]
#[path = "store/quotas.rs"]
mod quotas;
#[cfg(test)]
#[path = "store/removal.rs"]
mod removal;
#[cfg(test)]
#[path = "store/schema.rs"]
mod schema;
#[cfg(test)]
#[path = "store/search.rs"]
mod search;
#[cfg(test)]
#[path = "store/sets.rs"]
mod sets;
#[cfg(test)]
#[path = "store/uncounted.rs"]
mod uncounted;
#[cfg(test)]
#[path = "store/unread.rs"]
mod unread;
#[cfg(test)]
#[path = "store/uploads.rs"]
mod uploads;
#[cfg(test)]
#[path = "store/users.rs"]
mod users;
#[cfg(test)]
#[path = "store/versions.rs"]
mod versions;
#[cfg(test)]
#[path = "store/walls.rs"]
mod walls;
