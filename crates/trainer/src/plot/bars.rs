//! Bars of a value before and after training, side by side for each task, with confidence intervals.

use super::axis::Axis;
use super::svg::{self, Anchor, COLOURS};

const ROW: f64 = 44.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 60.0;
const WIDTH: f64 = 640.0;
const TOP: f64 = 48.0;

/// A value with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The estimate.
    pub value: f64,
    /// Ends of the interval, where it is known.
    pub interval: Option<(f64, f64)>,
}

/// The bars of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Name of the task.
    pub label: String,
    /// Before training; `None` where it was not measured.
    pub before: Option<Bar>,
    /// After training.
    pub after: Option<Bar>,
}

/// Bars for several tasks, on an axis that includes 0.
#[derive(Debug, Clone, Default)]
pub struct BarChart {
    /// What it shows, with the unit.
    pub title: String,
    /// One pair for each task.
    pub pairs: Vec<Pair>,
}

impl BarChart {
    /// The plot as an SVG document, 640 pixels wide.
    pub fn svg(&self) -> String {
        svg::document(WIDTH, self.height(), &self.title, &self.content())
    }

    /// Several plots, one below the other.
    pub fn stacked(title: &str, charts: &[Self]) -> String {
        let (mut content, mut y) = (String::new(), 0.0);
        for chart in charts {
            content += &svg::group(0.0, y, &chart.content());
            y += chart.height();
        }
        svg::document(WIDTH, y.max(TOP), title, &content)
    }

    fn height(&self) -> f64 {
        TOP + self.pairs.len() as f64 * ROW + 32.0
    }

    fn content(&self) -> String {
        let bars = self.pairs.iter().flat_map(|pair| [pair.before, pair.after]).flatten();
        let ends = bars.flat_map(|bar| [Some(bar.value), bar.interval.map(|ends| ends.0), bar.interval.map(|ends| ends.1)]).flatten();
        let axis = Axis::around(ends.chain([0.0]), 5);
        let place = |value: f64| LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT);
        let bottom = self.height() - 32.0;
        let mut content = svg::title(8.0, &self.title);
        for (name, x, colour) in [("before", 8.0, COLOURS[4]), ("after", 80.0, COLOURS[0])] {
            content += &format!("<rect x=\"{x:.1}\" y=\"28\" width=\"12\" height=\"10\" fill=\"{colour}\"/>\n");
            content += &svg::text(x + 16.0, 37.0, Anchor::Start, name);
        }
        for (value, label) in axis.ticks() {
            content += &svg::line("grid", (place(value), TOP), (place(value), bottom));
            content += &svg::text(place(value), bottom + 16.0, Anchor::Middle, &label);
        }
        for (index, pair) in self.pairs.iter().enumerate() {
            let y = TOP + index as f64 * ROW;
            content += &svg::text(LEFT - 8.0, y + 26.0, Anchor::End, &pair.label);
            for (bar, y, colour) in [(pair.before, y + 5.0, COLOURS[4]), (pair.after, y + 23.0, COLOURS[0])] {
                if let Some(bar) = bar.filter(|bar| bar.value.is_finite()) {
                    content += &drawn(&bar, y, colour, place);
                }
            }
        }
        content + &svg::line("axis", (place(0.0), TOP), (place(0.0), bottom))
    }
}

/// One bar 16 pixels high, its interval, and its value at the right edge.
fn drawn(bar: &Bar, y: f64, colour: &str, place: impl Fn(f64) -> f64) -> String {
    let (zero, end) = (place(0.0), place(bar.value));
    let mut content =
        format!("<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"16\" fill=\"{colour}\"/>\n", zero.min(end), (end - zero).abs());
    if let Some((low, high)) = bar.interval.filter(|(low, high)| low.is_finite() && high.is_finite()) {
        content += &svg::line("error", (place(low), y + 8.0), (place(high), y + 8.0));
        for end in [low, high] {
            content += &svg::line("error", (place(end), y + 4.0), (place(end), y + 12.0));
        }
    }
    content + &svg::text(WIDTH - 8.0, y + 12.0, Anchor::End, &format!("{:.3}", bar.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_well_formed_whatever_the_data() {
        let bar = |value, low, high| Some(Bar { value, interval: Some((low, high)) });
        let pair = |before, after| Pair { label: "logic/<sum>&".to_owned(), before, after };
        let pairs = vec![
            pair(bar(0.2, 0.1, 0.3), bar(0.6, 0.5, 0.7)),
            pair(None, Some(Bar { value: -0.5, interval: None })),
            pair(bar(f64::NAN, 0.0, 1.0), bar(1.0, f64::NEG_INFINITY, 1.0)),
        ];
        let chart = BarChart { title: "pass@1".to_owned(), pairs };
        svg::check_well_formed(&chart.svg());
        svg::check_well_formed(&BarChart::stacked("all", &[chart.clone(), BarChart::default()]));
        assert_eq!(chart.svg().matches("class=\"error\"").count(), 6, "two whole intervals");
    }
}
