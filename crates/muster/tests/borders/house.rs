//! The house: the files of a crate, which of them name which, the circles among them, and the order of its rooms.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Named, Source};

/// The sources of a crate, by the path of their module: `["work", "plan"]`; the face of the crate has none.
pub(super) struct House {
    name: String,
    files: BTreeMap<Vec<String>, Source>,
}

impl House {
    pub(super) fn of(name: &str, files: BTreeMap<Vec<String>, Source>) -> Self {
        Self { name: name.to_owned(), files }
    }

    /// Which file names which: by modules, with the line.
    pub(super) fn arrows(&self) -> BTreeMap<(Vec<String>, Vec<String>), usize> {
        let mut arrows = BTreeMap::new();
        for (module, source) in &self.files {
            // What a test looks at ties no rooms.
            for named in
                source.named.iter().filter(|named| !named.inside.iter().any(|inside| inside == "tests"))
            {
                if let Some(target) = self.target_of(module, named).filter(|target| target != module) {
                    arrows.entry((module.clone(), target)).or_insert(named.line);
                }
            }
        }
        arrows
    }

    /// The file in which what is named stands; none when that is in another crate.
    fn target_of(&self, module: &[String], named: &Named) -> Option<Vec<String>> {
        let within: Vec<String> = module.iter().chain(&named.inside).cloned().collect();
        let absolute = self.absolute(module, &within, &named.segments)?;
        self.home_of(&absolute, 0)
    }

    fn absolute(&self, module: &[String], within: &[String], segments: &[String]) -> Option<Vec<String>> {
        let first = segments.first()?.as_str();
        let ups = segments.iter().take_while(|segment| *segment == "super").count();
        let (base, rest): (&[String], &[String]) = match first {
            "crate" => (&[], &segments[1..]),
            own if own == self.name => (&[], &segments[1..]),
            "self" => (within, &segments[1..]),
            "super" => (&within[..within.len().checked_sub(ups)?], &segments[ups..]),
            child if self.files.get(module)?.modules.iter().any(|declared| declared == child) => {
                (module, segments)
            }
            _ => return None,
        };
        Some(base.iter().chain(rest).cloned().collect())
    }

    /// The file of an absolute path, past faces that only hand on what stands elsewhere.
    fn home_of(&self, path: &[String], depth: usize) -> Option<Vec<String>> {
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let source = self.files.get(module)?;
        let handed_on = rest.first().and_then(|item| source.handed_on.iter().find(|(name, _)| name == item));
        if let Some((_, target)) = handed_on.filter(|_| depth < 8)
            && let Some(absolute) = self.absolute(module, module, target)
            && let Some(home) = self.home_of(&absolute, depth + 1)
        {
            return Some(home);
        }
        Some(module.to_vec())
    }

    /// The arrows that lie on a circle: from a file to one that leads back to it.
    pub(super) fn ties(&self) -> Vec<String> {
        let arrows = self.arrows();
        let leads = |from: &Vec<String>, to: &Vec<String>| {
            let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
            while let Some(file) = waiting.pop() {
                if seen.insert(file) {
                    waiting.extend(arrows.keys().filter(|(one, _)| one == file).map(|(_, other)| other));
                }
            }
            seen.contains(to)
        };
        let tied = arrows.iter().filter(|((from, to), _)| leads(to, from));
        let shown = |module: &[String]| if module.is_empty() { "lib".to_owned() } else { module.join("/") };
        tied.map(|((from, to), line)| format!("{}: {}:{line} -> {}", self.name, shown(from), shown(to)))
            .collect()
    }

    /// The arrows that run against the order of the rooms. A room is a folder or a file beside the face; each may name those after it.
    pub(super) fn against(&self, order: &[&str]) -> Vec<String> {
        let place = |module: &[String]| module.first().map(|room| order.iter().position(|of| of == room));
        let mut found = Vec::new();
        for ((from, to), line) in self.arrows() {
            let (Some(from_place), Some(to_place)) = (place(&from), place(&to)) else { continue };
            let rule = match (from_place, to_place) {
                (Some(from), Some(to)) if from <= to => continue,
                (Some(_), Some(_)) => "stands after it",
                _ => "the order of the rooms knows only one of them",
            };
            found.push(format!("{}: {}:{line} names {}: {rule}", self.name, from.join("/"), to.join("/")));
        }
        found
    }
}
