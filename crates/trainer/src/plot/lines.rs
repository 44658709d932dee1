//! Line plots over steps, alone or as small multiples.

use super::axis::Axis;
use super::svg::{self, Anchor, COLOURS};

/// Points that a line keeps at most; of more, the lowest and highest of each stretch are drawn.
const POINTS: usize = 1000;
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 44.0;

/// One line: points `(step, value)` by increasing step. A value that is not finite breaks the line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its name in the legend.
    pub label: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// A plot of lines over common axes.
#[derive(Debug, Clone, Default)]
pub struct LineChart {
    /// What it shows.
    pub title: String,
    /// Name of the horizontal axis with its unit.
    pub x_label: String,
    /// Name of the vertical axis with its unit.
    pub y_label: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl LineChart {
    /// The plot as an SVG document, 640 by 320 pixels.
    pub fn svg(&self) -> String {
        svg::document(WIDTH, HEIGHT, &self.title, &self.content())
    }

    fn content(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points).filter(|(x, y)| x.is_finite() && y.is_finite());
        let (horizontal, vertical) = (Axis::around(points().map(|point| point.0), 6), Axis::around(points().map(|point| point.1), 4));
        let place_x = |x: f64| LEFT + horizontal.share(x) * (WIDTH - LEFT - RIGHT);
        let place_y = |y: f64| HEIGHT - BOTTOM - vertical.share(y) * (HEIGHT - TOP - BOTTOM);
        let mut content = svg::title(LEFT, &self.title);
        for (value, label) in vertical.ticks() {
            content += &svg::line("grid", (LEFT, place_y(value)), (WIDTH - RIGHT, place_y(value)));
            content += &svg::text(LEFT - 6.0, place_y(value) + 4.0, Anchor::End, &label);
        }
        for (value, label) in horizontal.ticks() {
            content += &svg::line("axis", (place_x(value), HEIGHT - BOTTOM), (place_x(value), HEIGHT - BOTTOM + 4.0));
            content += &svg::text(place_x(value), HEIGHT - BOTTOM + 18.0, Anchor::Middle, &label);
        }
        content += &svg::line("axis", (LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM));
        content += &svg::text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8.0, Anchor::Middle, &self.x_label);
        content += &svg::text(4.0, TOP - 8.0, Anchor::Start, &self.y_label);
        for (line, colour) in self.lines.iter().zip(COLOURS.iter().cycle()) {
            let points = thinned(&line.points);
            let places = points.iter().map(|&(x, y)| (x.is_finite() && y.is_finite()).then(|| (place_x(x), place_y(y))));
            content += &format!("<path class=\"line\" stroke=\"{colour}\" d=\"{}\"/>\n", svg::path(places));
        }
        content + &self.legend()
    }

    /// From the right end of the title's row; names that find no room are left to the text around the plot.
    fn legend(&self) -> String {
        let mut content = String::new();
        let mut x = WIDTH - RIGHT;
        for (line, colour) in self.lines.iter().zip(COLOURS.iter().cycle()) {
            x -= 7.0 * line.label.chars().count() as f64 + 24.0;
            if x < LEFT + 60.0 {
                break;
            }
            content += &format!("<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"12\" height=\"3\" fill=\"{colour}\"/>\n", TOP - 13.0);
            content += &svg::text(x + 16.0, TOP - 8.0, Anchor::Start, &line.label);
        }
        content
    }
}

/// Plots in two columns with one title.
pub fn small_multiples(title: &str, charts: &[LineChart]) -> String {
    let rows = charts.len().div_ceil(2).max(1);
    let mut content = svg::title(LEFT, title);
    for (index, chart) in charts.iter().enumerate() {
        content += &svg::group((index % 2) as f64 * WIDTH, 28.0 + (index / 2) as f64 * HEIGHT, &chart.content());
    }
    svg::document(WIDTH * 2.0, 28.0 + rows as f64 * HEIGHT, title, &content)
}

/// The points themselves, or the lowest and highest of each stretch, in order.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if points.len() <= POINTS {
        return points.to_vec();
    }
    let mut kept = Vec::new();
    for stretch in points.chunks(points.len().div_ceil(POINTS / 2)) {
        let by_value = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let (low, high) = (stretch.iter().min_by(by_value), stretch.iter().max_by(by_value));
        let mut pair: Vec<(f64, f64)> = low.into_iter().chain(high).copied().collect();
        pair.sort_by(|a, b| a.0.total_cmp(&b.0));
        kept.extend(pair);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: Vec<(f64, f64)>) -> LineChart {
        LineChart {
            title: "reward <\"&\u{1}>".to_owned(),
            x_label: "step".to_owned(),
            y_label: "mean".to_owned(),
            lines: vec![Line { label: "a&b".to_owned(), points }],
        }
    }

    #[test]
    fn documents_are_well_formed_whatever_the_data() {
        for points in [
            vec![],
            vec![(1.0, 0.5)],
            vec![(1.0, f64::NAN), (2.0, f64::INFINITY)],
            vec![(0.0, 1e300), (1.0, -1e300)],
            (0..100_000).map(|n| (f64::from(n), f64::from(n).sin())).collect(),
        ] {
            let text = chart(points.clone()).svg();
            svg::check_well_formed(&text);
            assert!(text.len() < 40_000, "{}", text.len());
            svg::check_well_formed(&small_multiples("all & each", &[chart(points), chart(vec![])]));
        }
    }

    #[test]
    fn a_missing_value_breaks_the_line() {
        let text = chart(vec![(0.0, 0.0), (1.0, 1.0), (2.0, f64::NAN), (3.0, 1.0)]).svg();
        let d = text.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(d, "M70.0 276.0L254.7 44.0M624.0 44.0");
    }

    #[test]
    fn extremes_survive_thinning() {
        let mut points: Vec<(f64, f64)> = (0..5000).map(|n| (f64::from(n), 0.0)).collect();
        points[2345].1 = 9.0;
        let kept = thinned(&points);
        assert!(kept.len() <= POINTS && kept.contains(&(2345.0, 9.0)) && kept.is_sorted_by(|a, b| a.0 <= b.0));
    }
}
