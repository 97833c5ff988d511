//! Uploads that this process has just received, beside what is kept of them: a worker of the same process reads them without asking a server for
//! what it was sent a moment ago. So much at once at the most; of more, and of what another process received, the kept parts are read.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::locks::locked;
use crate::{AccountId, ImportId};

/// Bytes of all uploads that a process holds.
const MOST: usize = 32 << 20;
/// Bytes of each piece of one but the last.
pub(crate) const PIECE: usize = 1 << 20;

/// Which upload it is: the account, the import, and the number of the file.
pub(crate) type Which = (AccountId, ImportId, u16);

/// The bytes of one upload, in their order. What it takes of the room is free again when nobody reads it any more.
pub(crate) struct HeldUpload {
    pieces: Vec<Vec<u8>>,
    bytes: usize,
    taken: Arc<AtomicUsize>,
}

impl HeldUpload {
    /// How many bytes it has.
    pub(crate) fn length(&self) -> u64 {
        self.bytes as u64
    }

    /// The bytes from a place on, to the end of the piece that they are in.
    pub(crate) fn from(&self, at: u64) -> Option<&[u8]> {
        let piece = self.pieces.get((at / PIECE as u64) as usize)?;
        piece.get((at % PIECE as u64) as usize..)
    }
}

impl Drop for HeldUpload {
    fn drop(&mut self) {
        self.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// The uploads that are held until they were read.
#[derive(Default)]
pub(crate) struct HeldUploads {
    taken: Arc<AtomicUsize>,
    whole: Mutex<VecDeque<(Which, Arc<HeldUpload>)>>,
}

impl HeldUploads {
    /// One that arrives.
    pub(crate) fn begin(&self) -> HeldUpload {
        HeldUpload { pieces: Vec::new(), bytes: 0, taken: Arc::clone(&self.taken) }
    }

    /// Adds a piece to one that arrives; none when there is no room, for which the uploads go that came first.
    pub(crate) fn add(&self, mut upload: HeldUpload, piece: Vec<u8>) -> Option<HeldUpload> {
        while self.taken.load(Ordering::Relaxed) + piece.len() > MOST {
            locked(&self.whole).pop_front()?;
        }
        self.taken.fetch_add(piece.len(), Ordering::Relaxed);
        upload.bytes += piece.len();
        upload.pieces.push(piece);
        Some(upload)
    }

    /// Holds one that came to its end.
    pub(crate) fn hold(&self, which: Which, upload: HeldUpload) {
        self.let_go(which.0, which.1, Some(which.2));
        locked(&self.whole).push_back((which, Arc::new(upload)));
    }

    /// One that is held.
    pub(crate) fn get(&self, which: Which) -> Option<Arc<HeldUpload>> {
        locked(&self.whole).iter().find(|(held, _)| *held == which).map(|(_, upload)| Arc::clone(upload))
    }

    /// Lets go of a file of an import, or of all.
    pub(crate) fn let_go(&self, account: AccountId, import: ImportId, file: Option<u16>) {
        let is_of = |which: &Which| {
            (which.0, which.1) == (account, import) && file.is_none_or(|file| file == which.2)
        };
        locked(&self.whole).retain(|(which, _)| !is_of(which));
    }
}

#[cfg(test)]
mod tests {
    use super::{HeldUploads, MOST, PIECE};
    use crate::{AccountId, ImportId};

    fn arrived(held: &HeldUploads, import: i64, pieces: usize) -> bool {
        let mut upload = Some(held.begin());
        for number in 0..pieces {
            upload = upload.and_then(|upload| held.add(upload, vec![number as u8; PIECE]));
        }
        let is_held = upload.is_some();
        upload
            .into_iter()
            .for_each(|upload| held.hold((AccountId(1), ImportId::of_number(import), 1), upload));
        is_held
    }

    fn has(held: &HeldUploads, import: i64) -> bool {
        held.get((AccountId(1), ImportId::of_number(import), 1)).is_some()
    }

    #[test]
    fn those_that_came_first_go_for_later_ones_and_what_is_too_large_is_not_held() {
        let (held, most) = (HeldUploads::default(), MOST / PIECE);
        assert!(arrived(&held, 1, most / 2) && arrived(&held, 2, most / 2));
        assert!(has(&held, 1) && has(&held, 2));
        assert!(arrived(&held, 3, 1));
        assert!(!has(&held, 1) && has(&held, 2) && has(&held, 3), "the first one went");
        assert!(!arrived(&held, 4, most + 1));
        assert!(arrived(&held, 5, most), "the room is free again");
        let read = held.get((AccountId(1), ImportId::of_number(5), 1)).expect("held");
        assert_eq!(read.from(PIECE as u64 + 7).map(|bytes| (bytes[0], bytes.len())), Some((1, PIECE - 7)));
        assert_eq!(read.from(read.length()), None);
        held.let_go(AccountId(1), ImportId::of_number(5), None);
        assert!(!has(&held, 5) && !arrived(&held, 6, 1), "who reads it still has it");
        drop(read);
        assert!(arrived(&held, 6, most));
    }
}
