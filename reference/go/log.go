package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// checkLog reads our log with Go's sumdb/tlog, whose tiles are those of
// c2sp.org/tlog-tiles but for the height in their path: the root of the checkpoint
// from the tiles, the inclusion of every entry, and the consistency of every two
// checkpoints. A FOLDER without a log has nothing to check.
func checkLog(folder string) error {
	folder = filepath.Join(folder, "log")
	if _, err := os.Stat(folder); os.IsNotExist(err) {
		return nil
	}
	trees, err := checkpoints(folder)
	if err != nil {
		return err
	}
	last := trees[len(trees)-1]
	hashes := tlog.TileHashReader(last, shelf(folder))
	root, err := tlog.TreeHash(last.N, hashes)
	if err != nil || root != last.Hash {
		return fmt.Errorf("the root of %d entries is %v, the checkpoint says %v: %v", last.N, root, last.Hash, err)
	}
	entries, err := bundles(folder, last.N)
	if err != nil {
		return err
	}
	for n, entry := range entries {
		proof, err := tlog.ProveRecord(last.N, int64(n), hashes)
		if err == nil {
			err = tlog.CheckRecord(proof, last.N, last.Hash, int64(n), tlog.RecordHash(entry))
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	for i, old := range trees {
		for _, new := range trees[i:] {
			proof, err := tlog.ProveTree(new.N, old.N, hashes)
			if err == nil {
				err = tlog.CheckTree(proof, new.N, new.Hash, old.N, old.Hash)
			}
			if err != nil {
				return fmt.Errorf("from %d to %d entries: %w", old.N, new.N, err)
			}
		}
	}
	fmt.Printf("log: %d entries, %d checkpoints\n", last.N, len(trees))
	return nil
}

// checkpoints opens every signed checkpoint with the log's key, smallest first.
func checkpoints(folder string) ([]tlog.Tree, error) {
	policy, err := read(folder, "log-policy.txt")
	if err != nil {
		return nil, err
	}
	var verifiers []note.Verifier
	for _, line := range strings.Split(policy, "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "log" {
			verifier, err := note.NewVerifier(words[1])
			if err != nil {
				return nil, fmt.Errorf("the log's key: %w", err)
			}
			verifiers = append(verifiers, verifier)
		}
	}
	head, err := opened(folder, "checkpoint", verifiers)
	if err != nil {
		return nil, err
	}
	var trees []tlog.Tree
	for size := int64(1); size <= head.N; size++ {
		name := filepath.Join("checkpoints", strconv.FormatInt(size, 10))
		if _, err := os.Stat(filepath.Join(folder, name)); os.IsNotExist(err) {
			continue
		}
		tree, err := opened(folder, name, verifiers)
		if err != nil {
			return nil, err
		}
		if tree.N != size {
			return nil, fmt.Errorf("%s is of %d entries", name, tree.N)
		}
		trees = append(trees, tree)
	}
	if len(trees) == 0 || trees[len(trees)-1] != head {
		return nil, errors.New("the last checkpoint is not among the checkpoints")
	}
	return trees, nil
}

func opened(folder, name string, verifiers []note.Verifier) (tlog.Tree, error) {
	text, err := read(folder, name)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open([]byte(text), note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %w", name, err)
	}
	if err := isCheckpoint(signed.Text, verifiers[0].Name()); err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %w", name, err)
	}
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// bundles reads all entries, each behind its length.
func bundles(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		path := tlog.Tile{H: 8, L: 0, N: n, W: int(width)}.Path()
		data, err := read(folder, strings.Replace(path, "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		rest := bytes.NewReader([]byte(data))
		for rest.Len() > 0 {
			var length uint16
			if err := binary.Read(rest, binary.BigEndian, &length); err != nil {
				return nil, err
			}
			entry := make([]byte, length)
			if _, err := rest.Read(entry); err != nil {
				return nil, err
			}
			entries = append(entries, entry)
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("%d entries of %d", len(entries), size)
	}
	return entries, nil
}

// shelf reads our tiles under the names that Go asks for.
type shelf string

func (shelf) Height() int { return 8 }

func (s shelf) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := read(string(s), strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		found = append(found, []byte(data))
	}
	return found, nil
}

func (shelf) SaveTiles([]tlog.Tile, [][]byte) {}
