//! The few shapes that the pictures are made of; all coordinates are whole.

use crate::markup::Markup;

/// A place in a picture: to the right, and down.
pub type At = (i64, i64);

/// A picture with what a screen reader says of it.
pub fn picture(
    m: &mut Markup,
    (width, height): (i64, i64),
    (title, described): (&str, &str),
    inside: impl FnOnce(&mut Markup),
) {
    let view = format!("0 0 {width} {height}");
    m.element("svg", &[("role", "img"), ("viewBox", &view)], |m| {
        m.leaf("title", &[], title);
        m.leaf("desc", &[], described);
        inside(m);
    });
}

/// A rectangle.
pub fn rect(m: &mut Markup, class: &str, (x, y): At, (width, height): (i64, i64)) {
    let [x, y, width, height] = [x, y, width, height].map(|number| number.to_string());
    m.empty("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
}

/// A rectangle that says something when pointed at.
pub fn told_rect(m: &mut Markup, class: &str, (x, y): At, (width, height): (i64, i64), told: &str) {
    let [x, y, width, height] = [x, y, width, height].map(|number| number.to_string());
    let place = [("class", class), ("x", &*x), ("y", &y), ("width", &width), ("height", &height)];
    m.element("rect", &place, |m| {
        m.leaf("title", &[], told);
    });
}

/// A line.
pub fn line(m: &mut Markup, class: &str, (x1, y1): At, (x2, y2): At) {
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(|number| number.to_string());
    m.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

/// A dot.
pub fn dot(m: &mut Markup, class: &str, (x, y): At, radius: i64) {
    let [x, y, radius] = [x, y, radius].map(|number| number.to_string());
    m.empty("circle", &[("class", class), ("cx", &x), ("cy", &y), ("r", &radius)]);
}

/// A line through points.
pub fn path(m: &mut Markup, class: &str, points: &[At]) {
    m.empty("polyline", &[("class", class), ("points", &joined(points))]);
}

/// The area between points.
pub fn area(m: &mut Markup, class: &str, points: &[At]) {
    m.empty("polygon", &[("class", class), ("points", &joined(points))]);
}

fn joined(points: &[At]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins here.
    Start,
    /// Its middle is here.
    Middle,
    /// It ends here.
    End,
}

/// A text; `class` says how it looks.
pub fn text(m: &mut Markup, class: &str, anchor: Anchor, (x, y): At, text: &str) {
    let (x, y) = (x.to_string(), y.to_string());
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    m.leaf("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", anchor)], text);
}

/// Size of the letters of all pictures.
pub const LETTER: i64 = 11;

/// How wide a text is, about: a Chinese character is as wide as it is high, others less.
fn width(text: &str) -> i64 {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> i64 {
    if c.is_ascii() { LETTER * 64 / 100 } else { LETTER }
}

/// Room for the widest of `texts`, at most `most`.
pub fn room<'a>(texts: impl IntoIterator<Item = &'a str>, most: i64) -> i64 {
    texts.into_iter().map(width).max().unwrap_or_default().clamp(24, most) + 8
}

/// `text` cut to what fits in `room`.
pub fn fitting(text: &str, room: i64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room - LETTER;
    let kept = text.chars().take_while(|c| {
        left -= letter(*c);
        left >= 0
    });
    format!("{}…", kept.collect::<String>())
}
