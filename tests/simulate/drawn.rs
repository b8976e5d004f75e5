//! Pages read back: as trees, table by table, and picture by picture.

use roxmltree::{Document, Node};

/// A page as a tree.
pub fn parsed(text: &str) -> Document<'_> {
    let text = text.strip_prefix("<!DOCTYPE html>\n").unwrap_or(text);
    let options = roxmltree::ParsingOptions { nodes_limit: u32::MAX, ..Default::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}"))
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// The rows of the table with this caption, without its headings.
pub fn rows_of(tree: &Document<'_>, caption: &str) -> Vec<Vec<String>> {
    let named = |node: &Node<'_, '_>| {
        node.children().any(|child| child.has_tag_name("caption") && child.text() == Some(caption))
    };
    let mut tables = tree.descendants().filter(|node| node.has_tag_name("table")).filter(named);
    let table = tables.next().unwrap_or_else(|| panic!("no table {caption:?}"));
    assert!(tables.next().is_none(), "two tables {caption:?}");
    let body = table.children().find(|child| child.has_tag_name("tbody")).expect("a body");
    let row = |row: Node<'_, '_>| row.children().filter(Node::is_element).map(words).collect();
    body.children().filter(|child| child.has_tag_name("tr")).map(row).collect()
}

/// Every shape of every picture lies within its frame, at whole coordinates; texts begin
/// and end within it too, as far as their width can be told.
pub fn assert_inside(tree: &Document<'_>) {
    for picture in tree.descendants().filter(|node| node.has_tag_name("svg")) {
        let frame: Vec<i64> = picture
            .attribute("viewBox")
            .expect("a frame")
            .split(' ')
            .map(|n| n.parse().expect("whole"))
            .collect();
        let (width, height) = (frame[2], frame[3]);
        assert!(width > 0 && height > 0);
        for shape in picture.descendants().filter(Node::is_element) {
            for (x, y) in corners(shape) {
                let place = || format!("{:?} {} in {frame:?}", shape.tag_name(), words(picture));
                assert!((0..=width).contains(&x) && (0..=height).contains(&y), "({x}, {y}) of {}", place());
            }
        }
    }
}

fn corners(shape: Node<'_, '_>) -> Vec<(i64, i64)> {
    let number = |name: &str| -> i64 {
        let text = shape.attribute(name).unwrap_or_else(|| panic!("no {name}"));
        text.parse().unwrap_or_else(|_| panic!("{name} is {text}"))
    };
    match shape.tag_name().name() {
        "rect" => {
            let (x, y, width, height) = (number("x"), number("y"), number("width"), number("height"));
            assert!(width >= 0 && height >= 0, "{width} × {height}");
            vec![(x, y), (x + width, y + height)]
        }
        "line" => vec![(number("x1"), number("y1")), (number("x2"), number("y2"))],
        "circle" => {
            let (x, y, r) = (number("cx"), number("cy"), number("r"));
            vec![(x - r, y - r), (x + r, y + r)]
        }
        "polyline" | "polygon" => {
            let points = shape.attribute("points").expect("points").split(' ');
            let point = |point: &str| {
                let (x, y) = point.split_once(',').expect("a pair");
                (x.parse().expect("whole"), y.parse().expect("whole"))
            };
            points.filter(|point| !point.is_empty()).map(point).collect()
        }
        "text" => {
            let wide = |c: char| if c.is_ascii() { 6 } else { 11 };
            let length: i64 = words(shape).chars().map(wide).sum();
            let (x, y) = (number("x"), number("y"));
            match shape.attribute("text-anchor") {
                Some("end") => vec![(x - length, y), (x, y - 8)],
                Some("middle") => vec![(x - length / 2, y), (x + length / 2, y - 8)],
                _ => vec![(x, y), (x + length, y - 8)],
            }
        }
        _ => Vec::new(),
    }
}
