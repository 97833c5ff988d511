//! Users whom cells name by a name. The User ID in a cell decides and nobody changes one by mistake, but a name that is typed over another
//! is meant too: where it is another user's, somebody has to say which of the two. A name alone is never taken for a user, only offered.
//! Looked up for a batch of rows at a time, and each text once.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use directory::{
    Claim, Code, Damage, Mention, Place, PlanCell, State, UserId, Wrong, person_shown, standard,
};

use store::{AccountId, Import, ImportId, PastCell, Result, Store};

/// Texts that are kept at hand.
const TEXTS: usize = 20_000;

/// A cell that names a user by their ID and a name.
pub(crate) struct Named {
    /// Row and column in the file.
    pub(crate) at: (u32, u32),
    /// What it says, taken apart.
    pub(crate) mention: Mention,
    /// Whom it named at the download.
    pub(crate) base: Option<UserId>,
    text: u64,
}

/// What is known of the users whom cells name.
pub(crate) struct People<'p> {
    store: &'p Store,
    account: AccountId,
    /// The names of users whom cells name by their IDs, as a download prints them.
    printed: HashMap<UserId, String>,
    /// Texts whose name is that of their User ID in another form, by their digests.
    agreed: HashSet<u64>,
    /// Texts with a name that nobody bears: the file may give it to the one whose ID they have. With that, by their digests.
    unsettled: HashMap<u64, Mention>,
    /// Those of which an earlier pass has found that it does not.
    strangers: HashSet<u64>,
    /// What is offered for a text that names nobody by an ID.
    offers: HashMap<String, Option<String>>,
}

impl<'p> People<'p> {
    pub(crate) fn new(store: &'p Store, account: AccountId) -> Self {
        Self {
            store,
            account,
            printed: HashMap::new(),
            agreed: HashSet::new(),
            unsettled: HashMap::new(),
            strangers: HashSet::new(),
            offers: HashMap::new(),
        }
    }

    /// Knows the texts with a name that is nobody's.
    pub(crate) fn knowing(self, strangers: &HashSet<u64>) -> Self {
        Self { strangers: strangers.clone(), ..self }
    }

    /// The texts with names that nobody bears and that the staged plan of an import gives to nobody either.
    pub(crate) fn strangers(&mut self, import: ImportId) -> Result<Vec<u64>> {
        let mut strangers = Vec::new();
        for (digest, mention) in std::mem::take(&mut self.unsettled) {
            let Some(id) = mention.id else { continue };
            let cells = self.store.plan_row(self.account, import, Place::User(id))?;
            let parts = self.names_of(vec![id])?.remove(&id).map(|person| person.parts).unwrap_or_default();
            let name =
                [standard::FIRST_NAME, standard::LAST_NAME].into_iter().zip(parts).map(|(field, now)| {
                    let edited = cells.iter().find(|cell| cell.field == field);
                    edited.and_then(|cell| cell.mine.clone().or_else(|| cell.raw.clone())).unwrap_or(now)
                });
            if !mention.agrees(&name.collect::<Vec<_>>().join(" ")) {
                strangers.push(digest);
            }
        }
        Ok(strangers)
    }

    /// Looks up the names of users whom cells name as a download does, for a batch at a time.
    pub(crate) fn learn(&mut self, mut ids: Vec<UserId>) -> Result<()> {
        if self.printed.len() > TEXTS {
            self.printed.clear();
        }
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !self.printed.contains_key(id));
        if !ids.is_empty() {
            let names = self.names_of(ids)?;
            self.printed.extend(names.into_iter().map(|(id, person)| (id, person.name)));
        }
        Ok(())
    }

    /// Whether a name is what a download prints for the user of the ID as they are now: nearly every one is.
    pub(crate) fn is_own(&self, printed: Option<(&str, UserId)>) -> bool {
        printed.is_some_and(|(name, id)| self.printed.get(&id).is_some_and(|own| own == name))
    }

    /// A cell whose name is not known to be that of its ID; none for one that is, and for one without an ID or a name.
    pub(crate) fn named(
        &self,
        at: (u32, u32),
        text: &str,
        base: impl FnOnce() -> Option<UserId>,
    ) -> Option<Named> {
        let digest = digest(text);
        if self.agreed.contains(&digest) {
            return None;
        }
        let mention = Mention::of(text);
        let is_name = mention.id.is_some() && !mention.name.is_empty();
        is_name.then(|| Named { at, mention, base: base(), text: digest })
    }

    /// What is wrong with those of these cells whose name is another user's, by row and column. `base` is the revision of the download.
    pub(crate) fn differing(
        &mut self,
        mut cells: Vec<Named>,
        base: Option<u64>,
    ) -> Result<HashMap<(u32, u32), Wrong>> {
        if self.agreed.len() > TEXTS {
            self.agreed.clear();
        }
        let ids: Vec<UserId> = cells.iter().filter_map(|cell| cell.mention.id).collect();
        let known = self.names_of(ids)?;
        let agreed = &mut self.agreed;
        cells.retain(|cell| {
            // Whether the ID is anybody's at all, is judged with the row.
            let Some(own) = cell.mention.id.and_then(|id| known.get(&id)) else { return false };
            let agrees = is_name_of(&cell.mention, &own.name);
            agrees.then(|| agreed.insert(cell.text));
            !agrees
        });
        if cells.is_empty() {
            return Ok(HashMap::new());
        }
        self.forget_earlier(&mut cells, &known, base)?;
        self.judge(&cells, &known)
    }

    /// What is wrong with a text that somebody types over a cell of an import, where it names one user by the ID and another by the name.
    /// `base` is whom the cell named at the download.
    pub(crate) fn typed(
        &mut self,
        text: &str,
        base: Option<UserId>,
        import: &Import,
    ) -> Result<Option<Wrong>> {
        const HERE: (u32, u32) = (0, 0);
        // Nobody's name may be one that the import gives: the second time that is known.
        for _ in 0..2 {
            let Some(named) = self.named(HERE, text, || base) else { return Ok(None) };
            if let Some(wrong) = self.differing(vec![named], import.base)?.remove(&HERE) {
                return Ok(Some(wrong));
            }
            let strangers = self.strangers(import.id)?;
            self.strangers.extend(strangers);
        }
        Ok(None)
    }

    /// Leaves out cells with the name that a user had at the download, and those where the ID was typed over and the name before it was
    /// left: there the ID is what was meant.
    fn forget_earlier(
        &self,
        cells: &mut Vec<Named>,
        known: &HashMap<UserId, Person>,
        base: Option<u64>,
    ) -> Result<()> {
        let mut known = known.clone();
        known.extend(self.names_of(cells.iter().filter_map(|cell| cell.base).collect())?);
        let changed = |(id, person): (&UserId, &Person)| (person.revision > base?).then_some(*id);
        let changed: Vec<UserId> = known.iter().filter_map(changed).collect();
        let mut earlier = HashMap::new();
        for change in self.store.changes_of(self.account, &changed, base.unwrap_or(u64::MAX))? {
            let PastCell { user, field, before, .. } = change;
            earlier.entry((user, field)).or_insert(before.unwrap_or_default());
        }
        let before = |id: UserId| {
            let of = |field, now: &str| earlier.get(&(id, field)).cloned().unwrap_or_else(|| now.to_owned());
            let [first, last] = known.get(&id).map(|person| person.parts.clone()).unwrap_or_default();
            [of(standard::FIRST_NAME, &first), of(standard::LAST_NAME, &last)].join(" ")
        };
        cells.retain(|cell| {
            let bears = |id: UserId| {
                is_name_of(&cell.mention, &before(id))
                    || known.get(&id).is_some_and(|of| is_name_of(&cell.mention, &of.name))
            };
            ![cell.mention.id, cell.base].into_iter().flatten().any(bears)
        });
        Ok(())
    }

    fn judge(
        &mut self,
        cells: &[Named],
        known: &HashMap<UserId, Person>,
    ) -> Result<HashMap<(u32, u32), Wrong>> {
        let bearers = self.bearers(cells.iter().map(|cell| &cell.mention))?;
        let names =
            self.names_of(bearers.iter().flat_map(|ends| ends.iter().flatten().copied()).collect())?;
        let mut wrong = HashMap::new();
        for (cell, ends) in cells.iter().zip(bearers) {
            let Some((id, own)) = cell.mention.id.and_then(|id| Some((id, known.get(&id)?))) else {
                continue;
            };
            let own_shown = person_shown(id, &own.name);
            match ends {
                Some(ends) => {
                    let detail = format!("{}\t{}", cell.mention.name, own.name);
                    let only = Some(ends[0]).filter(|first| *first == ends[1]);
                    let other = only.and_then(|id| Some(person_shown(id, &names.get(&id)?.name)));
                    let suggestions = other.into_iter().chain([own_shown]).collect();
                    wrong.insert(cell.at, Wrong { suggestions, ..Wrong::with(Code::NameDiffers, detail) });
                }
                None if cell.mention.may_be_form_of(&own.name) => _ = self.agreed.insert(cell.text),
                // Nobody's name, as far as the directory knows: it may be a new one that the file gives.
                None if !self.strangers.contains(&cell.text) && self.unsettled.len() < TEXTS => {
                    self.unsettled.insert(cell.text, cell.mention.clone());
                }
                None => {
                    let detail = format!("{}\t{}\tnobody", cell.mention.name, own.name);
                    let suggestions =
                        self.by_sign_in(&cell.mention)?.into_iter().chain([own_shown]).collect();
                    wrong.insert(cell.at, Wrong { suggestions, ..Wrong::with(Code::NameDiffers, detail) });
                }
            }
        }
        Ok(wrong)
    }

    /// The one who signs in with what stands in place of a name.
    fn by_sign_in(&self, mention: &Mention) -> Result<Option<String>> {
        let Some(claim) = Claim::of_sign_in(&mention.name) else { return Ok(None) };
        let Some(id) = self.store.user_with_claim(self.account, &claim)? else { return Ok(None) };
        Ok(self.names_of(vec![id])?.get(&id).map(|person| person_shown(id, &person.name)))
    }

    /// Offers the one who bears the name in a cell that names nobody by an ID or a sign-in.
    pub(crate) fn offer(&mut self, cells: &mut [PlanCell]) -> Result<()> {
        let names_nobody = |cell: &PlanCell| {
            cell.state == State::Error
                && cell
                    .wrong
                    .as_ref()
                    .is_some_and(|wrong| wrong.code == Code::NotAUser && wrong.suggestions.is_empty())
        };
        let texts = cells.iter().filter(|cell| names_nobody(cell)).filter_map(|cell| cell.raw.as_deref());
        let mut unknown: Vec<String> =
            texts.filter(|text| !self.offers.contains_key(*text)).map(str::to_owned).collect();
        unknown.sort_unstable();
        unknown.dedup();
        self.learn_offers(unknown)?;
        for cell in cells.iter_mut().filter(|cell| names_nobody(cell)) {
            let offer = cell.raw.as_deref().and_then(|raw| self.offers.get(raw).cloned().flatten());
            if let Some(wrong) = &mut cell.wrong {
                wrong.suggestions.extend(offer);
            }
        }
        Ok(())
    }

    fn learn_offers(&mut self, texts: Vec<String>) -> Result<()> {
        if self.offers.len() > TEXTS {
            self.offers.clear();
        }
        let mentions: Vec<Mention> = texts.iter().map(|text| Mention::of(text)).collect();
        let ends = self.bearers(mentions.iter())?;
        let only: Vec<Option<UserId>> =
            ends.into_iter().map(|ends| ends.filter(|ends| ends[0] == ends[1]).map(|ends| ends[0])).collect();
        let names = self.names_of(only.iter().flatten().copied().collect())?;
        let offer = |id: Option<UserId>| Some(person_shown(id?, &names.get(&id?)?.name));
        self.offers.extend(texts.into_iter().zip(only.into_iter().map(offer)));
        Ok(())
    }

    /// The first and the last of those who bear each of these names, however it is read.
    fn bearers<'m>(&self, mentions: impl Iterator<Item = &'m Mention>) -> Result<Vec<Option<[UserId; 2]>>> {
        let (mut names, mut of) = (Vec::new(), Vec::new());
        for (place, mention) in mentions.enumerate() {
            let readings = mention.readings();
            of.push((place, names.len()..names.len() + readings.len()));
            names.extend(readings);
        }
        let found = self.store.bearers_of(self.account, &names)?;
        let ends = |range: std::ops::Range<usize>| {
            let ends = found.range(range).map(|(_, bearers)| bearers.ends);
            ends.reduce(|one, next| (one.0.min(next.0), one.1.max(next.1))).map(|(first, last)| [first, last])
        };
        Ok(of.into_iter().map(|(_, range)| ends(range)).collect())
    }

    fn names_of(&self, mut ids: Vec<UserId>) -> Result<HashMap<UserId, Person>> {
        ids.sort_unstable();
        ids.dedup();
        let mut names = HashMap::with_capacity(ids.len());
        self.store.names_of(self.account, &ids, |id, parts, revision| {
            let name = parts.join(" ").trim().to_owned();
            names.insert(id, Person { name, parts: parts.map(str::to_owned), revision });
        })?;
        Ok(names)
    }
}

/// The name and the User ID of a text that looks as a download prints it: `Ann Smith (U-7K3QX9M2PD)`.
pub(crate) fn as_printed(text: &str) -> Option<(&str, UserId)> {
    let rest = text.strip_suffix(')')?;
    let (name, id) = rest.split_at_checked(rest.len().checked_sub(UserId::PRINTED)?)?;
    Some((name.strip_suffix(" (")?, id.parse().ok()?))
}

/// The names of a user, as they are now.
#[derive(Clone)]
struct Person {
    name: String,
    /// First and last name.
    parts: [String; 2],
    /// The revision at which the user was last changed.
    revision: u64,
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Whether a name beside an ID is this one, be it that a program damaged its letters.
fn is_name_of(mention: &Mention, name: &str) -> bool {
    mention.agrees(name) || Damage::is_of_letters(name, &mention.name)
}
