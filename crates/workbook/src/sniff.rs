//! What a file is, told from its bytes and never from its name.

use std::io::{Read, SeekFrom};

use crate::archive::{Archive, Cap};
use crate::{Limits, Refusal, Source};

/// A kind that is read.
pub(crate) enum Found {
    Xlsx(Archive),
    Ods(Archive),
    Csv,
}

/// Bytes that are looked at.
const HEAD: usize = 4096;

/// What certain first bytes mean.
const MAGIC: [(&[u8], &str); 19] = [
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"\xFF\xD8\xFF", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"BM", "picture"),
    (b"\0\0\x01\0", "picture"),
    (b"RIFF", "picture-or-recording"),
    (b"ID3", "recording"),
    (b"OggS", "recording"),
    (b"\x1F\x8B", "gz"),
    (b"7z\xBC\xAF\x27\x1C", "seven-zip"),
    (b"Rar!", "rar"),
    (b"BZh", "bz2"),
    (b"\xFD7zXZ", "xz"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7FELF", "program"),
];

/// The start of a compound file: old Excel, or an encrypted package ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3.4).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// How the sheets of Excel 2 to 5 and of Lotus 1-2-3 begin, which stand in no compound file ([MS-XLS] 2.4.21: the kind of the record, its
/// length, the version).
const BARE: [(&[u8], &str); 6] = [
    (b"\x09\0\x04\0", "xls-5"),
    (b"\x09\x02\x06\0", "xls-5"),
    (b"\x09\x04\x06\0", "xls-5"),
    (b"\x09\x08\x08\0", "xls-5"),
    (b"\x09\x08\x10\0", "xls-5"),
    (b"\0\0\x02\0", "lotus"),
];

/// Looks at the bytes.
pub(crate) fn sniff(source: &mut dyn Source, limits: &Limits) -> Result<Found, Refusal> {
    let length = source.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Err(Refusal::Empty);
    }
    source.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    source.take(HEAD as u64).read_to_end(&mut head)?;
    if head.starts_with(b"PK") {
        return archive(source, length, limits);
    }
    if head.starts_with(COMPOUND) {
        return Err(compound(source)?);
    }
    if let Some((_, kind)) = BARE.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(Refusal::OldFormat(kind));
    }
    if is_lock(&head) {
        return Err(Refusal::NotASpreadsheet(Some("lock-file")));
    }
    let binary = head.iter().any(|byte| matches!(byte, 0..=8 | 14..=31 | 127..));
    for (magic, kind) in MAGIC {
        // Letters alone could start a text as well.
        if head.starts_with(magic) && (binary || matches!(magic[0], b'%' | b'{')) {
            return Err(Refusal::NotASpreadsheet(Some(kind)));
        }
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Err(Refusal::NotASpreadsheet(Some("picture-or-recording")));
    }
    if is_utf32(&head) {
        return Err(Refusal::NotASpreadsheet(Some("utf-32")));
    }
    refuse_markup(&head)?;
    if length > limits.csv_upload {
        return Err(Refusal::FileTooLarge(limits.csv_upload));
    }
    Ok(Found::Csv)
}

/// Tells apart what comes as a zip archive.
fn archive(source: &mut dyn Source, length: u64, limits: &Limits) -> Result<Found, Refusal> {
    if length > limits.upload {
        return Err(Refusal::FileTooLarge(limits.upload));
    }
    let archive = Archive::open(source, limits)?;
    if archive.find("mimetype").is_some() {
        let kind = archive.bytes(source, "mimetype", Cap::part(limits))?.unwrap_or_default();
        let Some(other) = other_document(&kind) else { return Ok(Found::Ods(archive)) };
        return Err(Refusal::NotASpreadsheet(Some(other)));
    }
    if archive.find("xl/workbook.bin").is_some() {
        return Err(Refusal::OldFormat("xlsb"));
    }
    if archive.find("[Content_Types].xml").is_some() {
        return Ok(Found::Xlsx(archive));
    }
    if archive.find("content.xml").is_some() && archive.find("META-INF/manifest.xml").is_some() {
        return Ok(Found::Ods(archive));
    }
    if archive.entries().iter().any(|entry| entry.name.ends_with(".iwa") || entry.name == "Index.zip") {
        return Err(Refusal::OldFormat("numbers"));
    }
    Err(packed(&archive))
}

/// What to say of an archive that is no document: what of its content people look for.
fn packed(archive: &Archive) -> Refusal {
    let mut names = archive.entries().iter().map(|entry| entry.name.as_str());
    if names.clone().any(|name| name.ends_with("/xl/workbook.xml") || name.ends_with("/content.xml")) {
        return Refusal::NotASpreadsheet(Some("workbook-parts"));
    }
    let is_spreadsheet = |name: &&str| {
        let (folder, name) = name.rsplit_once('/').unwrap_or(("", name));
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        // Archives of the Macintosh hold a shadow of every file.
        let shadow = folder.starts_with("__MACOSX") || name.starts_with(['.', '~']);
        !shadow
            && matches!(ending.as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "csv" | "tsv" | "numbers")
    };
    match names.find(is_spreadsheet) {
        Some(name) => Refusal::Packed(name.rsplit('/').next().unwrap_or(name).to_owned()),
        None => Refusal::NotASpreadsheet(Some("zip")),
    }
}

/// Whether it is the small file that a program puts beside a workbook while that is open, with the name of who opened it: `~$users.xlsx`
/// of Excel (the name and its length in one byte a letter, then in two, filled up with spaces), `.~lock.users.xlsx#` of LibreOffice.
fn is_lock(head: &[u8]) -> bool {
    let libre =
        head.starts_with(b",") && head.ends_with(b";") && memchr::memmem::find(head, b",file://").is_some();
    let (Some(&length), Some(letters)) = (head.first(), head.get(1..54)) else { return libre };
    let filled = letters.iter().skip(usize::from(length)).all(|&byte| matches!(byte, b' ' | 0));
    let wide = head.iter().skip(54).filter(|&&byte| byte == 0).count();
    libre || (matches!(head.len(), 160..=170) && (1..=54).contains(&length) && filled && wide > 40)
}

/// What an OpenDocument file is, if it is no spreadsheet.
fn other_document(kind: &[u8]) -> Option<&'static str> {
    match kind.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.") {
        Some(b"spreadsheet" | b"spreadsheet-template") => None,
        Some(b"text") => Some("odt"),
        Some(b"presentation") => Some("odp"),
        Some(_) => Some("opendocument"),
        None if kind.starts_with(b"application/epub") => Some("epub"),
        None => Some("zip"),
    }
}

/// Looks through a compound file for the name of the stream that an encrypted package is stored in.
fn compound(source: &mut dyn Source) -> Result<Refusal, Refusal> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    source.seek(SeekFrom::Start(0))?;
    let mut window = vec![0; 64 << 10];
    let mut held = 0;
    loop {
        let read = source.read(&mut window[held..])?;
        if read == 0 {
            return Ok(Refusal::OldFormat("xls"));
        }
        let filled = held + read;
        if memchr::memmem::find(&window[..filled], &name).is_some() {
            return Ok(Refusal::PasswordProtected);
        }
        held = filled.min(name.len());
        window.copy_within(filled - held..filled, 0);
    }
}

/// Whether it is text of which each letter takes four bytes, in either order: spreadsheet programs neither write nor read it.
fn is_utf32(head: &[u8]) -> bool {
    let is_text = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\r' | '\n');
    let letters = |number: fn([u8; 4]) -> u32| {
        let mut numbers = head.chunks_exact(4).filter_map(|bytes| Some(number(bytes.try_into().ok()?)));
        numbers.all(|number| char::from_u32(number).is_some_and(is_text))
    };
    head.len() >= 8 && (letters(u32::from_le_bytes) || letters(u32::from_be_bytes))
}

/// Web pages and XML are often named .xls by the programs that export them.
fn refuse_markup(head: &[u8]) -> Result<(), Refusal> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with("<!doctype html") || text.starts_with("<html") || text.starts_with("<table") {
        return Err(Refusal::NotASpreadsheet(Some("web-page")));
    }
    if !text.starts_with("<?xml") && !text.starts_with("<workbook") {
        return Ok(());
    }
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Err(Refusal::OldFormat("xml"));
    }
    if text.contains("office:document") {
        return Err(Refusal::OldFormat("fods"));
    }
    let kind = if text.contains("<html") { "web-page" } else { "xml" };
    Err(Refusal::NotASpreadsheet(Some(kind)))
}
