//! The text format of Prometheus, version 0.0.4: <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::fmt::Write;

use events::counted::Reading;

use super::names::{Kind, Metric};

/// Numbers of Prometheus are of floating point: exact up to 2^53, which no count here reaches.
#[expect(clippy::cast_precision_loss, reason = "no count reaches 2^53")]
pub(super) fn count(number: u64) -> f64 {
    number as f64
}

pub(super) fn number(number: usize) -> f64 {
    count(number as u64)
}

/// Labels with their values.
type Labels<'l> = [(&'l str, &'l str)];

/// What is said so far.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn all(self) -> String {
        self.0
    }

    /// Begins a metric: what it is.
    pub(super) fn family(&mut self, metric: &Metric) {
        let Metric { name, kind, what, .. } = metric;
        self.line(format_args!("# HELP {name} {what}"));
        self.line(format_args!("# TYPE {name} {}", kind.word()));
    }

    /// One value of a metric that has begun.
    pub(super) fn sample(&mut self, metric: &Metric, labels: &Labels, value: f64) {
        self.value(metric.name, "", labels, value);
    }

    /// A metric with one value.
    pub(super) fn one(&mut self, metric: &Metric, labels: &Labels, value: f64) {
        self.family(metric);
        self.sample(metric, labels, value);
    }

    /// What a histogram says, of a metric that has begun.
    pub(super) fn histogram(&mut self, metric: &Metric, labels: &Labels, reading: &Reading) {
        debug_assert_eq!(metric.kind, Kind::Histogram);
        let steps = reading.within.iter().map(|(milliseconds, times)| (in_seconds(*milliseconds), *times));
        for (most, times) in steps.chain([("+Inf".to_owned(), reading.all)]) {
            let labels: Vec<_> = labels.iter().copied().chain([("le", most.as_str())]).collect();
            self.value(metric.name, "_bucket", &labels, count(times));
        }
        self.value(metric.name, "_sum", labels, count(reading.microseconds) / 1e6);
        self.value(metric.name, "_count", labels, count(reading.all));
    }

    fn value(&mut self, name: &str, part: &str, labels: &Labels, value: f64) {
        let labels: Vec<String> =
            labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        self.line(format_args!("{name}{part}{labels} {value}"));
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing into a text never fails.
        let _ = writeln!(self.0, "{line}");
    }
}

fn in_seconds(milliseconds: u64) -> String {
    (count(milliseconds) / 1_000.0).to_string()
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::*;

    #[test]
    fn a_histogram_is_said_with_its_labels() {
        let mut text = Text::default();
        let reading = Reading { within: vec![(5, 1), (1_000, 2)], all: 3, microseconds: 1_500_000 };
        text.histogram(&names::STAGES, &[("stage", "a\"b\\c\nd")], &reading);
        let stage = "stage=\"a\\\"b\\\\c\\nd\"";
        let expected = format!(
            "muster_stage_seconds_bucket{{{stage},le=\"0.005\"}} 1\n\
             muster_stage_seconds_bucket{{{stage},le=\"1\"}} 2\n\
             muster_stage_seconds_bucket{{{stage},le=\"+Inf\"}} 3\n\
             muster_stage_seconds_sum{{{stage}}} 1.5\n\
             muster_stage_seconds_count{{{stage}}} 3\n"
        );
        assert_eq!(text.all(), expected);
    }
}
