//! Small changes of a text that its author did not mean.

use super::chance::Random;

/// One of the changes below, or none that fits.
pub fn change(random: &mut Random, text: &str) -> String {
    match random.below(6) {
        0 => digit(random, text),
        1 => word(random, text),
        2 => swapped(random, text),
        3 => dropped(random, text),
        4 => twice(random, text),
        _ => letter(random, text),
    }
}

/// Another digit at one place.
pub fn digit(random: &mut Random, text: &str) -> String {
    let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    if digits.is_empty() {
        return text.to_owned();
    }
    let at = digits[random.below(digits.len())];
    format!("{}{}{}", &text[..at], random.below(10), &text[at + 1..])
}

/// A character that somebody's program lets through, put in or put instead of one.
fn letter(random: &mut Random, text: &str) -> String {
    let strange = [
        " ",
        "  ",
        "\t",
        "\r",
        "\n",
        "\u{0}",
        "\u{feff}",
        "\u{fffd}",
        "\u{85}",
        "\u{2028}",
        "\u{3000}",
        "\u{a0}",
        "-",
        "+",
        "0",
        "é",
        "𠮷",
        "A",
        "=",
        ",",
        "/",
        "\u{7f}",
        "\u{ad}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{10ffff}",
        "٣",
    ];
    let places: Vec<(usize, char)> = text.char_indices().collect();
    if places.is_empty() {
        return random.pick(&strange).to_owned();
    }
    let (at, c) = places[random.below(places.len())];
    let after = if random.one_in(2) { at } else { at + c.len_utf8() };
    format!("{}{}{}", &text[..at], random.pick(&strange), &text[after..])
}

/// A word taken out, doubled, or taken from elsewhere in the text.
fn word(random: &mut Random, text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (at, from) = (random.below(words.len()), random.below(words.len()));
    let mut words: Vec<&str> = words;
    match random.below(3) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, words[at]),
        _ => words[at] = words[from],
    }
    words.join(" ")
}

fn swapped(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.len() > 1 {
        let at = random.within(1, lines.len() - 1);
        lines.swap(at - 1, at);
    }
    lines.concat()
}

fn dropped(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if !lines.is_empty() {
        lines.remove(random.below(lines.len()));
    }
    lines.concat()
}

fn twice(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if !lines.is_empty() {
        let at = random.below(lines.len());
        lines.insert(at, lines[at]);
    }
    lines.concat()
}
