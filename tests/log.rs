//! The log's tree: known roots and proofs of RFC 6962, other people's trees and
//! tiles beside ours, and tiles that somebody has changed.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::{Digest, Suite};
use yaohao::log::{
    Bundle, Entry, Fault, LARGEST, Subject, Tile, Tree, consistency, documents, grow, inclusion,
    is_consistent, is_included, nothing,
};

const SUITE: Suite = Suite::Sha256;

// ---- a log in memory -----------------------------------------------------------------

/// Files by path, as a log's folder holds them.
#[derive(Default, Clone)]
struct Folder {
    files: BTreeMap<String, Vec<u8>>,
    size: u64,
    root: Option<Digest>,
}

impl Folder {
    fn append(&mut self, entries: &[Vec<u8>]) {
        let files = self.files.clone();
        let fetch = |path: &str| files.get(path).cloned();
        let tree = Tree::open(SUITE, self.size, self.root(), &fetch).expect("sound");
        let growth = grow(&tree, entries).expect("room for more");
        assert_eq!(growth.size, self.size + entries.len() as u64);
        for (path, bytes) in &growth.files {
            assert_eq!(files.get(path).unwrap_or(bytes), bytes, "{path} was changed");
        }
        self.files.extend(growth.files);
        (self.size, self.root) = (growth.size, Some(growth.root));
    }

    fn root(&self) -> Digest {
        self.root.unwrap_or_else(|| nothing(SUITE))
    }

    fn with<T>(&self, look: impl FnOnce(&Tree<'_>) -> T) -> T {
        let fetch = |path: &str| self.files.get(path).cloned();
        look(&Tree::open(SUITE, self.size, self.root(), &fetch).expect("sound"))
    }
}

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn entries(from: u64, to: u64) -> Vec<Vec<u8>> {
    (from..to).map(entry).collect()
}

/// A log that grew to `size` in steps that cross the bounds of tiles in many ways.
fn grown(size: u64) -> Folder {
    let mut folder = Folder::default();
    for step in [1, 2, 5, 250, 256, 1, 511, 1024].into_iter().cycle() {
        let to = size.min(folder.size + step);
        folder.append(&entries(folder.size, to));
        if to == size {
            return folder;
        }
    }
    unreachable!("the steps never end")
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hex")).collect()
}

fn digests(texts: &[&str]) -> Vec<Digest> {
    texts.iter().map(|text| text.parse().expect("a hash")).collect()
}

// ---- known values --------------------------------------------------------------------

/// The eight entries of the test suite of Certificate Transparency (RFC 6962).
const KNOWN: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The roots of the trees over the first one, two, … of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn known() -> Folder {
    let mut folder = Folder::default();
    folder.append(&KNOWN.map(hex));
    folder
}

#[test]
fn known_roots() {
    assert_eq!(nothing(SUITE), Digest::of(&[]));
    known().with(|tree| {
        assert_eq!(tree.root_of(0), Ok(nothing(SUITE)));
        for (size, root) in (1..).zip(ROOTS) {
            assert_eq!(tree.root_of(size).expect("a root").to_string(), root);
        }
    });
}

#[test]
fn known_inclusion_proofs() {
    let b = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    let c = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    let known_paths: [(u64, u64, &[&str]); 5] = [
        (0, 1, &[]),
        (0, 8, &["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", b, c]),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                ROOTS[3],
            ],
        ),
        (2, 3, &[ROOTS[1]]),
        (1, 5, &[ROOTS[0], b, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    ];
    known().with(|tree| {
        for (index, size, path) in known_paths {
            assert_eq!(inclusion(tree, index, size), Ok(digests(path)), "{index} in {size}");
        }
    });
}

#[test]
fn known_consistency_proofs() {
    let b = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    let c = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    let known_proofs: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (1, 8, &["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", b, c]),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                ROOTS[3],
            ],
        ),
        (2, 5, &[b, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    ];
    known().with(|tree| {
        for (old, new, proof) in known_proofs {
            assert_eq!(consistency(tree, old, new), Ok(digests(proof)), "{old} in {new}");
        }
    });
}

// ---- every size, and other people's trees --------------------------------------------

fn theirs(size: u64) -> MemoryBackedTree<sha2::Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    entries(0, size).into_iter().for_each(|entry| tree.push(entry));
    tree
}

fn bytes(proof: &[Digest]) -> Vec<u8> {
    proof.iter().flat_map(|digest| digest.0).collect()
}

#[test]
fn every_proof_of_every_small_tree_is_that_of_another_library() {
    let folder = grown(70);
    folder.with(|tree| {
        for size in 1..=70 {
            let other = theirs(size);
            let root = tree.root_of(size).expect("a root");
            assert_eq!(root.0[..], other.root().as_bytes()[..], "root of {size}");
            for index in 0..size {
                let path = inclusion(tree, index, size).expect("a path");
                assert_eq!(
                    bytes(&path),
                    other.prove_inclusion(index as usize).as_bytes(),
                    "{index} in {size}"
                );
                let leaf = tree.leaf(index).expect("a leaf");
                assert!(is_included(SUITE, leaf, index, size, &path, root));
                assert!(!is_included(SUITE, leaf, index + 1, size, &path, root), "{index} in {size}");
                assert!(path.is_empty() || !is_included(SUITE, leaf, index, size, &path[1..], root));
            }
            for old in 1..size {
                let proof = consistency(tree, old, size).expect("a proof");
                let added = (size - old) as usize;
                assert_eq!(bytes(&proof), other.prove_consistency(added).as_bytes(), "{old} in {size}");
            }
        }
    });
}

#[test]
fn a_consistency_proof_proves_one_thing() {
    let folder = grown(40);
    let other = Digest::of(&[b"another root"]);
    folder.with(|tree| {
        let root = |size| tree.root_of(size).expect("a root");
        for new in 0..=40 {
            for old in 0..=new {
                let proof = consistency(tree, old, new).expect("a proof");
                let holds = |old, new, proof: &[Digest]| is_consistent(SUITE, old, new, proof);
                assert!(holds((old, root(old)), (new, root(new)), &proof), "{old} in {new}");
                assert!(!holds((old, other), (new, root(new)), &proof), "{old} in {new}");
                assert!(
                    !holds((old, root(old)), (new, other), &proof) || (old == 0 && new > 0),
                    "{old} in {new}"
                );
                assert!(!holds((old, root(old)), (new, root(new)), &[&proof[..], &[other]].concat()));
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(!holds((old, root(old)), (new, root(new)), shorter), "{old} in {new}");
                }
                if old < new {
                    assert!(!holds((new, root(new)), (old, root(old)), &proof), "{new} in {old}");
                    assert_eq!(consistency(tree, new, old), Err(Fault::Beyond));
                }
            }
        }
        assert_eq!(consistency(tree, 1, 41), Err(Fault::Beyond));
        assert_eq!(inclusion(tree, 40, 40), Err(Fault::Beyond));
        assert_eq!(inclusion(tree, 0, 41), Err(Fault::Beyond));
    });
}

/// Our tiles under the names that the other library asks for.
struct Theirs<'a>(&'a Folder);

impl tlog_tiles::TileReader for Theirs<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let path = |tile: &tlog_tiles::Tile| tile.path().replacen("tile/8/", "tile/", 1);
        Ok(tiles.iter().map(|tile| self.0.files[&path(tile)].clone()).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn tiles_prove_the_same_to_another_library() {
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 1000, 3000] {
        let folder = grown(size);
        let root = tlog_tiles::Hash(folder.root().0);
        let shelf = Theirs(&folder);
        let reader = tlog_tiles::TileHashReader::new(size, root, &shelf);
        assert_eq!(tlog_tiles::tree_hash(size, &reader).expect("a root"), root, "{size}");
        folder.with(|tree| {
            for index in [0, size / 3, size / 2, size - 1] {
                let path = tlog_tiles::prove_record(size, index, &reader).expect("a path");
                let ours = inclusion(tree, index, size).expect("a path");
                assert!(
                    path.iter().map(|hash| hash.0).eq(ours.iter().map(|hash| hash.0)),
                    "{index} in {size}"
                );
                let leaf = tree.leaf(index).expect("a leaf");
                assert_eq!(leaf.0, tlog_tiles::record_hash(&entry(index)).0);
                let proof = tlog_tiles::prove_tree(size, index + 1, &reader).expect("a proof");
                let ours = consistency(tree, index + 1, size).expect("a proof");
                assert!(
                    proof.iter().map(|hash| hash.0).eq(ours.iter().map(|hash| hash.0)),
                    "{index} in {size}"
                );
            }
            assert_eq!(tree.entries(0).expect("all"), entries(0, size));
            assert_eq!(tree.entries(size - 1).expect("the last"), entries(size - 1, size));
            assert_eq!(tree.entries(size).expect("none"), Vec::<Vec<u8>>::new());
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a log has grown, its last tiles are those of its size, and old
    /// sizes can still be read.
    #[test]
    fn growth_depends_on_the_entries_only(steps in proptest::collection::vec(1_u64..700, 1..9)) {
        let mut folder = Folder::default();
        let mut seen = vec![(0, nothing(SUITE))];
        for step in steps {
            folder.append(&entries(folder.size, folder.size + step));
            seen.push((folder.size, folder.root()));
        }
        let size = folder.size;
        let mut at_once = Folder::default();
        at_once.append(&entries(0, size));
        prop_assert_eq!(at_once.root(), folder.root());
        for (path, bytes) in &at_once.files {
            prop_assert_eq!(Some(bytes), folder.files.get(path), "{}", path);
        }
        for (old, old_root) in &seen {
            let fetch = |path: &str| folder.files.get(path).cloned();
            let before = Tree::open(SUITE, *old, *old_root, &fetch).expect("still there");
            prop_assert_eq!(before.entries(0).expect("all").len() as u64, *old);
            folder.with(|tree| {
                let proof = consistency(tree, *old, size).expect("a proof");
                assert!(is_consistent(SUITE, (*old, *old_root), (size, folder.root()), &proof));
            });
        }
    }

    /// Nothing that a file can hold makes a reader panic or take it for the tree.
    #[test]
    fn hostile_tiles_are_refused(
        size in 1_u64..2000,
        index in any::<prop::sample::Index>(),
        damage in prop_oneof![
            Just(None),
            (any::<prop::sample::Index>(), 1_u8..).prop_map(Some),
        ],
    ) {
        let mut folder = Folder::default();
        folder.append(&entries(0, size));
        let path = folder.files.keys().nth(index.index(folder.files.len())).expect("a file").clone();
        let bytes = folder.files.get_mut(&path).expect("the file");
        match damage {
            None => { bytes.pop(); }
            Some((at, flip)) => { let at = at.index(bytes.len()); bytes[at] ^= flip; }
        }
        let fetch = |path: &str| folder.files.get(path).cloned();
        let read = Tree::open(SUITE, size, folder.root(), &fetch).and_then(|tree| tree.entries(0));
        let told = matches!(
            &read,
            Err(Fault::Root) | Err(Fault::Malformed(_)) | Err(Fault::Changed(_)) | Err(Fault::Missing(_))
        );
        // A byte of a full tile below is told when it is read, and entries() reads level 0 only.
        prop_assert!(told, "{}: {:?}", path, read.map(|entries| entries.len()));
    }

    #[test]
    fn proofs_of_any_sizes_are_total(
        index in any::<u64>(), old in any::<u64>(), new in any::<u64>(),
        proof in proptest::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let proof: Vec<Digest> = proof.into_iter().map(Digest).collect();
        let (a, b) = (Digest([1; 32]), Digest([2; 32]));
        prop_assert!(!is_included(SUITE, a, index, new, &proof, b));
        prop_assert!(!is_consistent(SUITE, (old, a), (new, b), &proof));
    }

    #[test]
    fn any_bytes_are_a_bundle_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..700), width in 1_u64..257) {
        if let Ok(entries) = (Bundle { index: 0, width }).read(&bytes) {
            prop_assert_eq!(entries.len() as u64, width);
            prop_assert_eq!(entries.iter().map(|entry| entry.len() + 2).sum::<usize>(), bytes.len());
        }
    }
}

// ---- tiles ---------------------------------------------------------------------------

#[test]
fn a_tile_has_the_path_of_the_specification() {
    let path = |level, index, width| Tile { level, index, width }.path();
    assert_eq!(path(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(3, 0, 17), "tile/3/000.p/17");
    assert_eq!(path(0, 999, 256), "tile/0/999");
    assert_eq!(path(0, 1000, 1), "tile/0/x001/000.p/1");
    assert_eq!(Bundle { index: 1_234_067, width: 255 }.path(), "tile/entries/x001/x234/067.p/255");
    let theirs = tlog_tiles::Tile::new(8, 2, 9_876_543_210, 77, false).path();
    assert_eq!(path(2, 9_876_543_210, 77), theirs.replacen("tile/8/", "tile/", 1));
}

/// "A tree of size 70,000 will be represented by 273 full level 0 tiles, one
/// partial level 0 tile of width 112, …"
#[test]
fn a_size_has_the_tiles_of_the_specification() {
    let of = |level, index| Tile::of(level, index, 70_000).map(|tile| tile.width);
    assert_eq!([of(0, 272), of(0, 273), of(0, 274)], [Some(256), Some(112), None]);
    assert_eq!([of(1, 0), of(1, 1), of(1, 2)], [Some(256), Some(17), None]);
    assert_eq!([of(2, 0), of(2, 1), of(3, 0)], [Some(1), None, None]);
    assert_eq!(Tile::of(1, 0, 256).map(|tile| tile.width), Some(1));
    for level in [7, 8, 63, 64, u32::MAX] {
        let width = Tile::of(level, 0, u64::MAX).map(|tile| tile.width);
        assert_eq!(width, (level == 7).then_some(255), "level {level}");
    }
    assert_eq!(Tile::of(0, u64::MAX, u64::MAX), None);
}

#[test]
fn a_partial_tile_may_have_become_a_full_one() {
    let mut folder = grown(700);
    let before = (folder.size, folder.root());
    folder.append(&entries(700, 1500));
    folder.files.retain(|path, _| !path.contains(".p/188") || path.starts_with("tile/1"));
    let asked = RefCell::new(BTreeSet::new());
    let fetch = |path: &str| {
        asked.borrow_mut().insert(path.to_owned());
        folder.files.get(path).cloned()
    };
    let tree = Tree::open(SUITE, before.0, before.1, &fetch).expect("full tiles serve too");
    assert_eq!(tree.entries(600).expect("bundles too"), entries(600, 700));
    assert!(asked.borrow().contains("tile/0/002.p/188") && asked.borrow().contains("tile/entries/002"));
}

#[test]
fn a_size_that_the_tiles_do_not_hold_is_refused_at_once() {
    let folder = grown(300);
    let fetch = |path: &str| folder.files.get(path).cloned();
    let open = |size| Tree::open(SUITE, size, folder.root(), &fetch).map(|_| ());
    assert_eq!(open(300), Ok(()));
    assert_eq!(open(299), Err(Fault::Missing("tile/0/001.p/43".to_owned())));
    assert!(matches!(open(LARGEST), Err(Fault::Missing(_))));
    assert_eq!(open(LARGEST + 1), Err(Fault::Beyond));
    assert_eq!(open(u64::MAX), Err(Fault::Beyond));
    assert_eq!(Tree::open(SUITE, 0, folder.root(), &fetch).map(|_| ()), Err(Fault::Root));
}

#[test]
fn an_entry_has_at_most_65535_bytes() {
    let mut folder = Folder::default();
    folder.append(&[vec![b'x'; 65_535], Vec::new()]);
    assert_eq!(folder.with(|tree| tree.entries(0).expect("both"))[0].len(), 65_535);
    let fetch = |path: &str| folder.files.get(path).cloned();
    let tree = Tree::open(SUITE, 2, folder.root(), &fetch).expect("sound");
    assert_eq!(grow(&tree, &[vec![b'x'; 65_536]]), Err(Fault::TooLong));
}

// ---- entries -------------------------------------------------------------------------

#[test]
fn an_entry_has_one_form() {
    let hash = Digest::of(&[b"a"]);
    let draw = Subject::Draw("example/2026/001".parse().expect("a draw"));
    let entry = Entry { subject: draw, file: "commit.txt".to_owned(), hash };
    let text = format!("yaohao/entry/v1\ndraw example/2026/001\nfile commit.txt\nhash {hash}\n");
    assert_eq!(entry.text(), text);
    assert_eq!(Entry::read(text.as_bytes()), Ok(entry));
    let office = Entry { subject: Subject::Office("example".to_owned()), file: "log.vkey".to_owned(), hash };
    assert_eq!(Entry::read(office.text().as_bytes()), Ok(office));
    for (from, to) in [
        ("commit.txt", "../commit.txt"),
        ("commit.txt", "keys/commit.txt"),
        ("commit.txt", ".commit.txt"),
        ("commit.txt", "commit txt"),
        ("draw example/2026/001", "draw example/2026/1"),
        ("draw example/2026/001", "office Example"),
        ("draw example/2026/001\n", ""),
        ("hash ", "hash A"),
        ("v1", "v2"),
        ("\nfile", "\r\nfile"),
    ] {
        let other = text.replacen(from, to, 1);
        assert!(Entry::read(other.as_bytes()).is_err(), "{other}");
    }
    assert!(Entry::read(format!("{text}more\n").as_bytes()).is_err());
}

#[test]
fn the_documents_of_a_draw_come_in_their_order() {
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let text = |name: &str| format!("text of {name}").into_bytes();
    for name in ["commit.txt", "units.txt", "commit.sha256", "ceremony.txt", "reveal.txt", "record.txt"] {
        files.insert(name, text(name));
    }
    let list = |name: &str| format!("{}  {name}\n", Digest::of(&[&text(name)])).into_bytes();
    files.insert("replace-001-request.sha256", list("replace-001-request.txt"));
    files.insert("replace-001.sha256", list("replace-001.txt"));
    files.insert("replace-002-request.sha256", list("replace-002-request.txt"));
    let sealed = documents(|name| files.get(name).map(Vec::as_slice));
    let wanted = [
        "commit.txt",
        "ceremony.txt",
        "reveal.txt",
        "record.txt",
        "replace-001-request.txt",
        "replace-001.txt",
        "replace-002-request.txt",
    ];
    assert!(sealed.iter().map(|document| &document.file[..]).eq(wanted), "{sealed:?}");
    assert!(sealed.iter().all(|document| document.hash == Digest::of(&[&text(&document.file)])));
    // Once the texts are public, they give the same hashes, and the opening comes last.
    for name in ["replace-001-request.txt", "replace-001.txt", "replace-002-request.txt", "open.txt"] {
        files.insert(name, text(name));
    }
    let opened = documents(|name| files.get(name).map(Vec::as_slice));
    assert_eq!(opened[..sealed.len()], sealed);
    assert_eq!(opened.last().map(|document| &document.file[..]), Some("open.txt"));
    // With an escrow a list has the sealed text as well.
    let mut both = format!("{}  replace-002-request.sealed\n", Digest::of(&[b"sealed"])).into_bytes();
    both.extend(list("replace-002-request.txt"));
    files.insert("replace-002-request.sha256", both);
    files.remove("replace-002-request.txt");
    assert_eq!(documents(|name| files.get(name).map(Vec::as_slice)), opened);
    // A list of another file says nothing.
    files.remove("replace-001.txt");
    files.insert("replace-001.sha256", list("replace-002.txt"));
    let lacking = documents(|name| files.get(name).map(Vec::as_slice));
    assert!(lacking.iter().all(|document| document.file != "replace-001.txt"));
}
