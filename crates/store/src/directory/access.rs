//! Administrators, their roles, and tokens. Secrets come in as digests; what they are made of, the room `access` knows.

use directory::Language;

use super::accounts::{self, ACCOUNT_COLUMNS, ACCOUNT_WIDTH, account_of};
use crate::engine::{Result, Row, params};
use crate::migrations::Part;
use crate::narrowed::Why;
use crate::{Account, AccountId, Error, Store, Time};

/// What an administrator or a token may do in an account; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks and downloads.
    Viewer,
    /// Edits and imports.
    Editor,
    /// Looks after fields, administrators and tokens, and erases.
    Owner,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Owner];

    /// The word: `viewer`, `editor`, `owner`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// The role of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A person who signs in to Muster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// Its number.
    pub id: i64,
    /// The email, as typed.
    pub email: String,
    /// The PHC string of the password, if there is one.
    pub password: Option<String>,
    /// Looks after the whole deployment.
    pub operator: bool,
    /// The language of their pages and mails; none is that of the organisation.
    pub language: Option<Language>,
}

/// A role of an administrator in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The account.
    pub account: Account,
    /// The role there.
    pub role: Role,
    /// Whether the account asks for a second factor, and the administrator has none.
    pub owes_factor: bool,
    /// How much word for the administrator waits to be seen, of all their accounts.
    pub news: i64,
}

/// Somebody who has a role in an account, as its owners see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub administrator: Administrator,
    /// Their name, if they have said it.
    pub name: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Whether they have a role in another account, or look after the whole deployment.
    pub is_known_elsewhere: bool,
}

/// What came of the wish to change a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleChanged {
    /// It is so.
    Done,
    /// Nobody would own the account.
    LastOwner,
    /// They have no role in the account.
    NoSuchMember,
}

/// A token, as its owners see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedToken {
    /// The first letters of its digest, which name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// When it was made.
    pub created_at: Time,
    /// When it ends, if it does.
    pub expires_at: Option<Time>,
    /// When it was last used, to the hour.
    pub used_at: Option<Time>,
}

/// How many letters of a token's digest name it: enough that no two of an account have the same.
const TOKEN_ID: usize = 12;

/// What a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// The account that the token knows.
    pub account: Account,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// When it ends, if it does.
    pub expires_at: Option<Time>,
    /// When it was last used, to the hour.
    pub used_at: Option<Time>,
}

const ADMINISTRATOR: &str = "SELECT id, email, password, operator, language FROM administrator";

pub(super) fn administrator_of(row: &Row<'_>) -> Result<Administrator> {
    Ok(Administrator {
        id: row.integer(0)?,
        email: row.string(1)?,
        password: row.maybe_string(2)?,
        operator: row.flag(3)?,
        language: row.maybe_string(4)?.as_deref().and_then(Language::of_tag),
    })
}

/// The columns of [`membership_statement`] that say whether there are roles in other accounts, and whether the account asks for a
/// second factor that is missing; and how much word waits.
const OTHERS: usize = ACCOUNT_WIDTH + 1;
const OWES: usize = ACCOUNT_WIDTH + 2;
const NEWS: usize = ACCOUNT_WIDTH + 3;

fn membership_statement() -> String {
    format!(
        "SELECT {ACCOUNT_COLUMNS}, r.role,
                CASE WHEN EXISTS (SELECT 1 FROM role o WHERE o.administrator = r.administrator AND o.account <> r.account)
                     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END,
                CASE WHEN a.second_factor = 1 AND NOT EXISTS (SELECT 1 FROM factor f WHERE f.administrator = r.administrator)
                     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END,
                (SELECT COUNT(*) FROM news n JOIN role o ON o.account = n.account AND o.administrator = n.administrator
                 WHERE n.administrator = r.administrator AND n.seen_at IS NULL)
         FROM role r JOIN account a ON a.id = r.account WHERE r.administrator = ?1 AND a.removing = 0"
    )
}

fn membership_of(row: &Row<'_>) -> Result<Membership> {
    Ok(Membership {
        account: account_of(row)?,
        role: role_of(row, ACCOUNT_WIDTH)?,
        owes_factor: row.flag(OWES)?,
        news: row.integer(NEWS)?,
    })
}

fn role_of(row: &Row<'_>, column: usize) -> Result<Role> {
    let word = row.text(column)?;
    Role::of_word(word).ok_or_else(|| Error::Unread(format!("unknown role: {word}")))
}

impl Store {
    /// Makes an administrator, or answers the one that has this email (`email_key` is its folded form). A password that is given
    /// replaces the one there was.
    pub fn save_administrator(
        &self,
        email: &str,
        email_key: &str,
        password: Option<&str>,
        operator: bool,
        at: Time,
    ) -> Result<Administrator> {
        self.write_directory(|transaction| {
            // The row is held until the end: of two who make one, the second takes the next number.
            let next = "UPDATE deployment SET next_administrator = next_administrator RETURNING next_administrator";
            let next = transaction.one(next, params![], |row| row.integer(0))?.unwrap_or(1);
            let made = transaction.execute(
                "INSERT INTO administrator (id, email, email_key, operator, created_at) VALUES (?4, ?1, ?2, 0, ?3)
                 ON CONFLICT (email_key) DO NOTHING",
                params![email, email_key, at.0, next],
            )?;
            if made == 1 {
                transaction.execute("UPDATE deployment SET next_administrator = ?1", params![next + 1])?;
            }
            transaction.execute_exactly(
                1,
                "UPDATE administrator SET password = COALESCE(?2, password),
                        operator = CASE WHEN CAST(?3 AS BIGINT) > operator THEN CAST(?3 AS BIGINT) ELSE operator END
                 WHERE email_key = ?1",
                params![email_key, password, i64::from(operator)],
            )?;
            transaction
                .one(&format!("{ADMINISTRATOR} WHERE email_key = ?1"), params![email_key], administrator_of)?
                .ok_or_else(|| Error::Failed("the administrator is gone".to_owned()))
        })
    }

    /// The administrator of a number.
    pub fn administrator_of_number(&self, administrator: i64) -> Result<Option<Administrator>> {
        self.read(|connection| {
            let sql = format!("{ADMINISTRATOR} WHERE id = ?1");
            connection.one(&sql, params![administrator], administrator_of)
        })
    }

    /// The administrator with this email, in folded form.
    pub fn administrator(&self, email_key: &str) -> Result<Option<Administrator>> {
        self.read(|connection| {
            connection.one(
                &format!("{ADMINISTRATOR} WHERE email_key = ?1"),
                params![email_key],
                administrator_of,
            )
        })
    }

    /// Keeps the language that an administrator chose for themselves; none is that of the organisation.
    ///
    /// # Errors
    /// When the store fails.
    pub fn choose_language(&self, administrator: i64, language: Option<Language>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET language = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, language.map(Language::tag)])
        })
    }

    /// Gives an administrator a role in an account, in place of the one they had.
    pub fn give_role(&self, account: AccountId, administrator: i64, role: Role) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO role (account, administrator, role) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account, administrator) DO UPDATE SET role = excluded.role",
                params![account.0, administrator, role.word()],
            )?;
            self.note(transaction, Part::Directory)
        })
    }

    /// Whether an administrator is an owner of an account, and nobody else is.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_last_owner(&self, account: AccountId, administrator: i64) -> Result<bool> {
        let sql = "SELECT administrator FROM role WHERE account = ?1 AND role = 'owner'";
        let owners = self.read(|connection| connection.all(sql, params![account.0], |row| row.integer(0)))?;
        Ok(owners == [administrator])
    }

    /// Gives somebody who has a role in an account another one, or none, in one transaction with the question whether somebody owns the
    /// account afterwards: of two owners who take each other's role at once, one is refused.
    pub fn change_role(
        &self,
        account: AccountId,
        administrator: i64,
        role: Option<Role>,
    ) -> Result<RoleChanged> {
        self.write_directory(|transaction| {
            let lock = "UPDATE account SET slug = slug WHERE id = ?1";
            transaction.execute_exactly(1, lock, params![account.0])?;
            let sql = "SELECT administrator, role FROM role WHERE account = ?1";
            let roles = transaction
                .all_readable(sql, params![account.0], |row| Ok((row.integer(0)?, role_of(row, 1)?)))?;
            if !roles.iter().any(|(of, _)| *of == administrator) {
                return Ok(RoleChanged::NoSuchMember);
            }
            let mut others = roles.iter().filter(|(of, _)| *of != administrator);
            if role != Some(Role::Owner) && !others.any(|(_, role)| *role == Role::Owner) {
                return Ok(RoleChanged::LastOwner);
            }
            let of = params![account.0, administrator];
            match role {
                Some(role) => transaction.execute(
                    "UPDATE role SET role = ?3 WHERE account = ?1 AND administrator = ?2",
                    params![account.0, administrator, role.word()],
                )?,
                None => {
                    transaction.execute("DELETE FROM role WHERE account = ?1 AND administrator = ?2", of)?
                }
            };
            self.note(transaction, Part::Directory)?;
            Ok(RoleChanged::Done)
        })
    }

    /// Another name for an administrator; none for none.
    pub fn rename_administrator(&self, administrator: i64, name: Option<&str>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET name = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, name])
        })
    }

    /// Another email for an administrator to sign in with; `key` is its folded form. False when somebody else has it.
    pub fn change_email(&self, administrator: i64, email: &str, key: &str) -> Result<bool> {
        let changed = self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET email = ?2, email_key = ?3 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, email, key])?;
            self.note(transaction, Part::Directory)
        });
        match changed {
            Err(Error::Taken) => Ok(false),
            other => other.map(|()| true),
        }
    }

    /// The name of an administrator, if they have said one.
    pub fn administrator_name(&self, administrator: i64) -> Result<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT name FROM administrator WHERE id = ?1";
            Ok(connection.one(sql, params![administrator], |row| row.maybe_string(0))?.flatten())
        })
    }

    /// Takes the role of an administrator in an account away. False when they had none.
    pub fn take_role(&self, account: AccountId, administrator: i64) -> Result<bool> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM role WHERE account = ?1 AND administrator = ?2";
            let taken = transaction.execute(sql, params![account.0, administrator])? == 1;
            if taken {
                self.note(transaction, Part::Directory)?;
            }
            Ok(taken)
        })
    }

    /// Who has a role in an account, by email.
    pub fn members(&self, account: AccountId) -> Result<Vec<Member>> {
        let sql = "SELECT a.id, a.email, a.password, a.operator, a.language, r.role,
                          (SELECT COUNT(*) FROM factor f WHERE f.administrator = a.id),
                          (SELECT COUNT(*) FROM role o WHERE o.administrator = a.id AND o.account <> r.account AND o.account > 0),
                          a.name
                   FROM role r JOIN administrator a ON a.id = r.administrator WHERE r.account = ?1 ORDER BY a.email_key";
        self.across(Why::Administrators).read(|connection| {
            connection.all_readable(sql, params![account.0], |row| {
                let administrator = administrator_of(row)?;
                let is_known_elsewhere = administrator.operator || row.integer(7)? > 0;
                let (role, has_factor) = (role_of(row, 5)?, row.integer(6)? > 0);
                Ok(Member { administrator, name: row.maybe_string(8)?, role, has_factor, is_known_elsewhere })
            })
        })
    }

    /// The accounts in which an administrator has a role, by slug.
    pub fn memberships(&self, administrator: i64) -> Result<Vec<Membership>> {
        self.across(Why::Administrators).read(|connection| {
            let sql = format!("{} ORDER BY a.slug", membership_statement());
            connection.all_readable(&sql, params![administrator], membership_of)
        })
    }

    /// The role of an administrator in the account of a slug, and whether they have one in others too. Asked anew for each request: a
    /// role that is taken away counts at once.
    pub fn membership(&self, administrator: i64, slug: &str) -> Result<Option<(Membership, bool)>> {
        let sql = format!("{} AND a.slug = ?2", membership_statement());
        self.across(Why::Administrators).read(|connection| {
            let of_row = |row: &Row<'_>| Ok((membership_of(row)?, row.flag(OTHERS)?));
            // A role that can't be read allows nothing.
            Ok(connection.all_readable(&sql, params![administrator, slug], of_row)?.pop())
        })
    }

    /// Keeps a token under its digest.
    pub fn keep_token(
        &self,
        account: AccountId,
        hash: &str,
        name: &str,
        role: Role,
        expires_at: Option<Time>,
        at: Time,
    ) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO token (hash, account, name, role, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![hash, account.0, name, role.word(), at.0, expires_at.map(|time| time.0)],
            )?;
            self.note(transaction, Part::Directory)
        })
    }

    /// The tokens of an account, by when they were made.
    pub fn tokens(&self, account: AccountId) -> Result<Vec<ListedToken>> {
        let sql = "SELECT t.hash, t.name, t.role, t.created_at, t.expires_at, u.used_at FROM token t
                   LEFT JOIN token_use u ON u.hash = t.hash WHERE t.account = ?1 ORDER BY t.created_at, t.hash";
        self.read(|connection| {
            connection.all_readable(sql, params![account.0], |row| {
                Ok(ListedToken {
                    id: row.text(0)?.chars().take(TOKEN_ID).collect(),
                    name: row.string(1)?,
                    role: role_of(row, 2)?,
                    created_at: Time(row.integer(3)?),
                    expires_at: row.maybe_integer(4)?.map(Time),
                    used_at: row.maybe_integer(5)?.map(Time),
                })
            })
        })
    }

    /// Takes the tokens of an account away that have this name, or this id; answers how many there were.
    pub fn revoke_tokens(&self, account: AccountId, named: &str) -> Result<u64> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM token WHERE account = ?1 AND (name = ?2 OR SUBSTR(hash, 1, 12) = ?2)";
            let revoked = transaction.execute(sql, params![account.0, named])?;
            if revoked > 0 {
                self.note_with(transaction, Part::Directory, &[("tokens", revoked.to_string())])?;
            }
            Ok(revoked)
        })
    }

    /// Notes that a token was used. It lies with the work: nobody's request waits for an apply.
    pub fn touch_token(&self, hash: &str, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "INSERT INTO token_use (hash, used_at) VALUES (?1, ?2)
                       ON CONFLICT (hash) DO UPDATE SET used_at = excluded.used_at";
            transaction.execute(sql, params![hash, at.0]).map(drop)
        })
    }

    /// What the token of a digest stands for, whether or not it has ended.
    pub fn token(&self, hash: &str) -> Result<Option<TokenHolder>> {
        self.across(Why::Administrators).read(|connection| {
            let found = connection.all_readable(
                "SELECT t.account, t.name, t.role, t.expires_at, u.used_at FROM token t
                 LEFT JOIN token_use u ON u.hash = t.hash
                 WHERE t.hash = ?1 AND EXISTS (SELECT 1 FROM account a WHERE a.id = t.account AND a.removing = 0)",
                params![hash],
                |row| {
                    let [expires_at, used_at] = [row.maybe_integer(3)?, row.maybe_integer(4)?];
                    Ok((AccountId(row.integer(0)?), row.string(1)?, role_of(row, 2)?, [expires_at, used_at]))
                },
            )?;
            let Some((account, name, role, [expires_at, used_at])) = found.into_iter().next() else {
                return Ok(None);
            };
            let account = accounts::account_in(connection, account)?;
            let (expires_at, used_at) = (expires_at.map(Time), used_at.map(Time));
            Ok(Some(TokenHolder { account, name, role, expires_at, used_at }))
        })
    }

    /// The owner who was made first, in the account that was made first; practice and what is being removed have none.
    pub fn first_owner(&self) -> Result<Option<Administrator>> {
        self.read(|connection| {
            let sql = "SELECT a.id, a.email, a.password, a.operator, a.language FROM administrator a
                       JOIN role r ON r.administrator = a.id AND r.role = 'owner' JOIN account o ON o.id = r.account
                       WHERE o.id > 0 AND o.removing = 0 ORDER BY o.id, a.id LIMIT 1";
            connection.one(sql, params![], administrator_of)
        })
    }
}
