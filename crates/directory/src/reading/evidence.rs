//! What the cells of a column prove of how its texts are to be read. Muster knows what it wrote: where a file leaves a choice, that reading
//! counts under which the cells that nobody edited are what they were.

use workbook::{Cell, CellDate, Kind as CellKind};

use super::date::{self, Parts};
use super::moments::moments_of;
use super::number::{Decimal, readings_of};
use super::settings::{ColumnReading, DateOrder, Mark, Order, Reading};
use super::text::tidy;
use super::written_out;
use crate::{Field, Kind};

/// What was seen in a column of a file.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    day_first: u64,
    month_first: u64,
    /// Numbers that are what they were by this mark alone.
    commas: u64,
    points: u64,
    /// Whether others are numbers by this mark alone.
    is_comma_typed: bool,
    is_point_typed: bool,
    /// Whether numbers with a point are as they were printed.
    is_point_kept: bool,
    /// Whether any is another number by each of the marks, and neither is what it was.
    leaves_mark: bool,
    /// How far moments were from the midnights that they were at the download, in seconds: the least and the most.
    zone: Option<(i64, i64)>,
    /// How many dates are as they were, and how many are so many days later or earlier as the two epochs are apart, or anything else.
    unedited: u64,
    late: u64,
    early: u64,
    otherwise: u64,
}

impl Evidence {
    /// Notes a cell that is letter for letter what was printed for its stored form.
    pub fn note_unedited(&mut self, cell: &Cell<'_>) {
        self.unedited += 1;
        self.is_point_kept = self.is_point_kept || cell.kind == CellKind::Text && cell.raw.contains('.');
    }

    /// Notes a cell that is not letter for letter what was printed for the stored form `base`; none when nothing was, as in a row that
    /// creates a user.
    pub fn note(&mut self, field: &Field, base: Option<&str>, cell: &Cell<'_>) {
        if cell.defect.is_some() {
            return;
        }
        match field.kind {
            Kind::Date => self.note_date(base.and_then(date::of_stored), cell),
            Kind::Number => self.note_number(base.and_then(Decimal::of_digits).as_ref(), cell),
            _ => {}
        }
    }

    /// How the column is to be read by what was seen; none when that is as the account's settings say.
    pub fn reading(&self, settings: &Reading) -> Option<Reading> {
        let order = match (self.day_first, self.month_first) {
            (0, 0) => None,
            (_, 0) => Some(DateOrder::DayMonthYear),
            (0, _) => Some(DateOrder::MonthDayYear),
            _ => None,
        };
        let dates = match order {
            Some(_) => Order::Proved,
            None if self.day_first > 0 => Order::Mixed,
            None => Order::OfAccount,
        };
        let column = ColumnReading { dates, mark: self.mark(), zone: self.zone, epoch: self.epoch() };
        let date_order = order.unwrap_or(settings.date_order);
        (column != ColumnReading::default()).then(|| Reading { date_order, column, ..settings.clone() })
    }

    /// What marks fractions. What is as it was printed, with a point, only speaks against a comma: it proves nothing of what people type.
    fn mark(&self) -> Option<Mark> {
        let comma = self.commas > 0 || self.leaves_mark && self.is_comma_typed;
        let point = self.points > 0 || self.leaves_mark && self.is_point_typed;
        match (comma, point || comma && self.is_point_kept) {
            (true, true) => Some(Mark::Mixed),
            (true, false) => Some(Mark::Comma),
            (false, true) => Some(Mark::Point),
            (false, false) => None,
        }
    }

    /// The days to be added where all dates but edited ones, and those are fewer, are off by what is between the epochs: a file says that it
    /// counts from 1904 and doesn't, or the other way round.
    fn epoch(&self) -> Option<i32> {
        match (self.late, self.early) {
            _ if self.unedited > 0 => None,
            (late, 0) if late > 0 && late >= self.otherwise => Some(-date::EPOCH_1904),
            (0, early) if early > 0 && early >= self.otherwise => Some(date::EPOCH_1904),
            _ => None,
        }
    }

    fn note_epoch(&mut self, base: CellDate, date: CellDate) {
        match date::days(date) - date::days(base) {
            0 => self.unedited += 1,
            date::EPOCH_1904 => self.late += 1,
            days if days == -date::EPOCH_1904 => self.early += 1,
            _ => self.otherwise += 1,
        }
    }

    fn note_date(&mut self, base: Option<CellDate>, cell: &Cell<'_>) {
        if let Some(base) = base {
            if let (CellKind::Date, Some(date)) = (cell.kind, cell.date) {
                self.note_epoch(base, date);
            }
            let midnight = date::midnight(base);
            let ahead = moments_of(cell).first().map(|moment| moment - midnight);
            if let Some(ahead) = ahead.filter(|ahead| ahead.abs() <= date::FURTHEST_ZONE) {
                let (least, most) = self.zone.unwrap_or((ahead, ahead));
                self.zone = Some((least.min(ahead), most.max(ahead)));
            }
        }
        let text = tidy(cell.raw.into());
        let plain = (cell.kind == CellKind::Text).then(|| written_out::plain(&text)).flatten();
        let parts = plain.and_then(|plain| Parts::of(&plain));
        if let Some(parts) = parts.filter(Parts::leaves_order) {
            let [day_first, month_first] = match base {
                Some(base) if parts.could_be(base) => {
                    [DateOrder::DayMonthYear, DateOrder::MonthDayYear].map(|order| parts.is_in(base, order))
                }
                _ => [DateOrder::DayMonthYear, DateOrder::MonthDayYear]
                    .map(|order| parts.read(order).is_some()),
            };
            self.day_first += u64::from(day_first && !month_first);
            self.month_first += u64::from(month_first && !day_first);
        }
    }

    fn note_number(&mut self, base: Option<&Decimal>, cell: &Cell<'_>) {
        if cell.kind != CellKind::Text {
            return;
        }
        let text = tidy(cell.raw.into());
        let [comma, point] = [Mark::Comma, Mark::Point].map(|mark| mark.read(&text));
        let is_base = |read: &Option<Decimal>| read.is_some() && read.as_ref() == base;
        match (is_base(&comma), is_base(&point)) {
            (true, false) => self.commas += 1,
            (false, true) => self.points += 1,
            (true, true) => {}
            (false, false) => {
                self.is_comma_typed |= comma.is_some() && point.is_none();
                self.is_point_typed |= point.is_some() && comma.is_none();
                self.leaves_mark |= point.is_some() && comma.is_some() && point != comma;
            }
        }
    }
}

impl Mark {
    /// The number that a text is where this marks the fraction, and the other one groups thousands.
    pub(crate) fn read(self, text: &str) -> Option<Decimal> {
        let (mark, group) = match self {
            Self::Comma => (',', '.'),
            Self::Point => ('.', ','),
            Self::Mixed => return None,
        };
        let (whole, fraction) = text.split_once(mark).unwrap_or((text, ""));
        if fraction.contains([mark, group]) {
            return None;
        }
        // Thousands are grouped as the readings know them, once nothing else can be meant.
        let whole = if whole.contains(group) {
            let grouped = format!("{whole}{group}000");
            let plain = readings_of(&grouped).into_iter().find_map(|number| number.canonical())?;
            plain.strip_suffix("000")?.to_owned()
        } else {
            whole.to_owned()
        };
        let form = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
        Decimal::of_digits(&form).or_else(|| readings_of(&form).into_iter().next())
    }
}

#[cfg(test)]
mod tests {
    use workbook::{Cell, CellDate, Kind as CellKind, Position};

    use super::{Evidence, Mark};
    use crate::reading::settings::{DateOrder, Order, Reading};
    use crate::{Field, FieldNumber, Kind};

    fn seen(kind: Kind, cells: &[(&str, &str)]) -> Option<Reading> {
        let field = Field::new(FieldNumber(101), "column", "Column", kind);
        let mut evidence = Evidence::default();
        for (base, raw) in cells {
            let base = (!base.is_empty()).then_some(*base);
            evidence.note(&field, base, &Cell::text(Position { row: 3, column: 2 }, raw));
        }
        evidence.reading(&Reading::default())
    }

    #[test]
    fn cells_prove_the_order_of_dates() {
        let check = |cells: &[(&str, &str)], expected: Option<(Order, DateOrder)>| {
            let found = seen(Kind::Date, cells).map(|reading| (reading.column.dates, reading.date_order));
            assert_eq!(found, expected, "{cells:?}");
        };
        let (day, month) = (DateOrder::DayMonthYear, DateOrder::MonthDayYear);
        check(&[("2019-04-03", "4/3/2019")], Some((Order::Proved, month)));
        check(&[("2019-04-03", "3/4/2019")], Some((Order::Proved, day)));
        check(&[("2019-04-25", "4/25/19"), ("", "3/4/2019")], Some((Order::Proved, month)));
        check(&[("", "25.4.2019")], Some((Order::Proved, day)));
        check(&[("2019-04-25", "4/25/19"), ("", "25/4/2019")], Some((Order::Mixed, day)));
        check(&[("2019-04-04", "4/4/2019"), ("2019-04-03", "2019-04-03"), ("2019-04-03", "5/6/2019")], None);
    }

    #[test]
    fn cells_prove_the_epoch_of_dates() {
        let day = |year, month, day| CellDate { year, month, day };
        let (base, late, early) = (day(2010, 12, 1), day(2014, 12, 2), day(2006, 11, 30));
        let other = day(2011, 1, 1);
        for (dates, unedited, expected) in [
            (&[late][..], 0, Some(-1_462)),
            (&[early, early], 0, Some(1_462)),
            (&[late, other], 0, Some(-1_462)),
            (&[late, other, other], 0, None),
            (&[late, late], 1, None),
            (&[late, base], 0, None),
            (&[late, early], 0, None),
            (&[other], 0, None),
            (&[], 0, None),
        ] {
            let field = Field::new(FieldNumber(101), "column", "Column", Kind::Date);
            let mut evidence = Evidence::default();
            let kept = Cell::text(Position { row: 3, column: 2 }, "2010-12-01");
            (0..unedited).for_each(|_| evidence.note_unedited(&kept));
            for date in dates {
                let cell = Cell {
                    kind: CellKind::Date,
                    date: Some(*date),
                    ..Cell::text(Position { row: 3, column: 2 }, "1")
                };
                evidence.note(&field, Some("2010-12-01"), &cell);
            }
            let found = evidence.reading(&Reading::default()).and_then(|reading| reading.column.epoch);
            assert_eq!(found, expected, "{dates:?}");
        }
    }

    #[test]
    fn cells_prove_the_mark_of_numbers() {
        let mark = |cells: &[(&str, &str)]| seen(Kind::Number, cells).and_then(|reading| reading.column.mark);
        assert_eq!(mark(&[("1234.5", "1.234,5"), ("12.5", "12,5")]), Some(Mark::Comma));
        assert_eq!(mark(&[("1234", "1,234")]), Some(Mark::Point));
        assert_eq!(mark(&[("1234", "1.234")]), Some(Mark::Comma));
        assert_eq!(mark(&[("12", "15"), ("12", "1,500")]), None);
        assert_eq!(mark(&[("12", "1.234"), ("13", "1.234,5")]), Some(Mark::Comma));
        assert_eq!(mark(&[("", "1.234"), ("", "12,5")]), Some(Mark::Comma));
        assert_eq!(mark(&[("12", "1,234"), ("13", "1,234.5")]), Some(Mark::Point));
        assert_eq!(mark(&[("12", "1.234"), ("13", "1.234,5"), ("14", "12.5")]), Some(Mark::Mixed));
        assert_eq!(mark(&[("1234.5", "1.234,5"), ("13", "12.5")]), Some(Mark::Comma));
        assert_eq!(mark(&[("1234.5", "1.234,5"), ("13", "12.5"), ("14", "1.500")]), Some(Mark::Mixed));
        assert_eq!(mark(&[("12", "12,5"), ("13", "12.5")]), None);
        assert_eq!(mark(&[("12", "1.234")]), None);
    }

    #[test]
    fn a_mark_reads_one_number() {
        for (mark, text, expected) in [
            (Mark::Comma, "1.500", Some("1500")),
            (Mark::Point, "1.500", Some("1.5")),
            (Mark::Comma, "1.234.567,8", Some("1234567.8")),
            (Mark::Point, "1,234,567.8", Some("1234567.8")),
            (Mark::Comma, "-1,5", Some("-1.5")),
            (Mark::Comma, "1 234,5", Some("1234.5")),
            (Mark::Comma, "12.5", None),
            (Mark::Comma, "1,2,3", None),
            (Mark::Point, "x", None),
        ] {
            let read = mark.read(text).and_then(|number| number.canonical());
            assert_eq!(read.as_deref(), expected, "{mark:?} {text}");
        }
    }
}
