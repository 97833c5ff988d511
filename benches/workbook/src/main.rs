//! One job a run, so that the time and the memory of the process are those of the job: `workbook-bench JOB FILE [ROWS]`.
//! The script `run` calls it and the peers in other languages on the same rows, and prints the table.

mod data;

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::time::Instant;

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use data::{COLUMNS, Rows, Value};
use rust_xlsxwriter::{ExcelDateTime, Workbook};
use workbook::{Batch, Book, Format, Limits, Printed, Writer};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, job, file, rest @ ..] = arguments.as_slice() else {
        return Err("usage: workbook-bench JOB FILE [ROWS]".into());
    };
    let rows: u32 = rest.first().map_or(Ok(0), |rows| rows.parse())?;
    let outcome = match job.as_str() {
        "rows" => generate(rows),
        "write-xlsx" => write(Format::Xlsx, file, rows),
        "write-csv" => write(Format::Csv, file, rows),
        "write-ods" => write(Format::Ods, file, rows),
        "write-rxw-2" => write_rxw(file, rows, Some(2), Mode::Constant),
        "write-rxw-default" => write_rxw(file, rows, None, Mode::Constant),
        "write-rxw-shared" => write_rxw(file, rows, None, Mode::Shared),
        "first-byte" => first_byte(rows),
        "deflate" => deflate(file),
        "inflate-sheet" => inflate(file, &["xl/worksheets/sheet1.xml"]),
        "inflate-all" => inflate(file, &["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]),
        "read" => read(file),
        "read-calamine" => read_calamine(file),
        other => Err(format!("unknown job {other}").into()),
    };
    println!("memory {}", greatest_memory());
    outcome
}

/// The greatest resident memory of this process in KiB. The kernel's figure for a child counts what its parent held when
/// it was forked, so the script can't ask for it.
fn greatest_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Makes the rows and throws them away: what every writer's time includes.
fn generate(rows: u32) -> Outcome {
    let mut source = Rows::new();
    for number in 0..rows {
        black_box(source.row(number));
    }
    Ok(())
}

fn printed<'v>(values: &'v [Value], to: &mut Vec<Printed<'v>>) {
    to.clear();
    to.extend(values.iter().map(|value| match value {
        Value::Text(text) if text.is_empty() => Printed::Empty,
        Value::Text(text) => Printed::Text(text),
        Value::Number(number) => Printed::Number(number),
        Value::Date(date) => Printed::Date(*date),
    }));
}

fn write(format: Format, file: &str, rows: u32) -> Outcome {
    let mut writer = Writer::start(BufWriter::new(File::create(file)?), format, &data::layout())?;
    let mut source = Rows::new();
    for number in 0..rows {
        let values = source.row(number);
        let mut row = Vec::with_capacity(COLUMNS);
        printed(values, &mut row);
        writer.row(&row)?;
    }
    writer.finish()?;
    Ok(())
}

enum Mode {
    Constant,
    Shared,
}

fn write_rxw(file: &str, rows: u32, level: Option<u8>, mode: Mode) -> Outcome {
    let mut workbook = Workbook::new();
    if let Some(level) = level {
        workbook.set_zip_compression_level(level);
    }
    let sheet = match mode {
        Mode::Constant => workbook.add_worksheet_with_constant_memory()?,
        Mode::Shared => workbook.add_worksheet_with_low_memory()?,
    };
    let text = rust_xlsxwriter::Format::new().set_num_format("@");
    let dates = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (column, number) in data::layout().columns.iter().zip(0..) {
        sheet.write_string(0, number, &column.title)?;
    }
    for (column, number) in data::layout().columns.iter().zip(0..) {
        sheet.write_string(1, number, &column.key)?;
    }
    let mut source = Rows::new();
    for number in 0..rows {
        for (value, column) in source.row(number).iter().zip(0..) {
            match value {
                Value::Text(value) if value.is_empty() => {}
                Value::Text(value) => {
                    sheet.write_string_with_format(number + 2, column, value, &text)?;
                }
                Value::Number(value) => {
                    sheet.write_number(number + 2, column, value.parse::<f64>()?)?;
                }
                Value::Date(value) => {
                    let date =
                        ExcelDateTime::from_ymd(value.year as u16, value.month as u8, value.day as u8)?;
                    sheet.write_datetime_with_format(number + 2, column, &date, &dates)?;
                }
            }
        }
    }
    workbook.save(file)?;
    Ok(())
}

/// A sink that notes when the first byte came.
struct FirstByte {
    start: Instant,
    noted: bool,
}

impl Write for FirstByte {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.noted {
            self.noted = true;
            println!("{:.3}", self.start.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Prints the milliseconds until a download's first byte.
fn first_byte(rows: u32) -> Outcome {
    let sink = FirstByte { start: Instant::now(), noted: false };
    let mut writer = Writer::start(sink, Format::Xlsx, &data::layout())?;
    let mut source = Rows::new();
    for number in 0..rows {
        let mut row = Vec::with_capacity(COLUMNS);
        printed(source.row(number), &mut row);
        writer.row(&row)?;
    }
    writer.finish()?;
    Ok(())
}

/// The limit of writing: deflates the sheet of a written book at our level, streamed, and prints the seconds of that.
fn deflate(file: &str) -> Outcome {
    let mut sheet = Vec::new();
    zip::ZipArchive::new(File::open(file)?)?.by_name("xl/worksheets/sheet1.xml")?.read_to_end(&mut sheet)?;
    let before = processor_time()?;
    let mut encoder = flate2::write::DeflateEncoder::new(io::sink(), flate2::Compression::new(2));
    for chunk in sheet.chunks(64 << 10) {
        encoder.write_all(chunk)?;
    }
    encoder.finish()?;
    println!("{:.3}", processor_time()? - before);
    Ok(())
}

/// The limit of reading: inflates parts and prints the seconds of that.
fn inflate(file: &str, parts: &[&str]) -> Outcome {
    let mut archive = zip::ZipArchive::new(File::open(file)?)?;
    let mut stored = Vec::new();
    for part in parts {
        let Some(index) = archive.index_for_name(part) else { continue };
        let mut part = archive.by_index_raw(index)?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        stored.push(bytes);
    }
    let mut output = vec![0; 64 << 10];
    let before = processor_time()?;
    for bytes in &stored {
        let mut decoder = flate2::bufread::DeflateDecoder::new(bytes.as_slice());
        while decoder.read(&mut output)? > 0 {}
    }
    println!("{:.3}", processor_time()? - before);
    Ok(())
}

fn read(file: &str) -> Outcome {
    let mut book = Book::open(Box::new(File::open(file)?), &Limits::default())?;
    let mut rows = book.rows(0)?;
    let mut batch = Batch::new();
    let (mut cells, mut bytes) = (0_usize, 0_usize);
    while rows.fill(&mut batch, 2_000)? {
        for row in batch.iter() {
            for cell in row.cells() {
                cells += 1;
                bytes += black_box(cell.raw).len();
            }
        }
    }
    println!("{cells} {bytes}");
    Ok(())
}

fn read_calamine(file: &str) -> Outcome {
    let mut book: Xlsx<BufReader<File>> = open_workbook(file)?;
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut cells = 0_usize;
    while let Some(cell) = reader.next_cell()? {
        if !matches!(black_box(cell.get_value()), DataRef::Empty) {
            cells += 1;
        }
    }
    println!("{cells}");
    Ok(())
}

/// Seconds of processor time of this process, from the kernel's own account.
fn processor_time() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = text.split(' ').next().ok_or("no time")?.parse()?;
    Ok(nanoseconds / 1e9)
}
