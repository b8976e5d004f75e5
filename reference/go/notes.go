package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
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

// checkNotes opens our checkpoint with the log's key and the witness's, refuses
// changed ones, and signs a note for us to open.
func checkNotes(folder string) error {
	if _, err := os.Stat(filepath.Join(folder, "log.vkey")); os.IsNotExist(err) {
		return nil
	}
	var texts [3]string
	for i, name := range []string{"log.vkey", "witness.vkey", "checkpoint"} {
		text, err := read(folder, name)
		if err != nil {
			return err
		}
		texts[i] = text
	}
	log, err := note.NewVerifier(strings.TrimSpace(texts[0]))
	if err != nil {
		return fmt.Errorf("the log's key: %w", err)
	}
	witness, err := newCosigner(strings.TrimSpace(texts[1]))
	if err != nil {
		return fmt.Errorf("the witness's key: %w", err)
	}
	known := note.VerifierList(log, witness)
	opened, err := note.Open([]byte(texts[2]), known)
	if err != nil {
		return fmt.Errorf("the checkpoint: %w", err)
	}
	// The SM2 signatures are of types that Go does not know: kept apart, not refused.
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 2 {
		return fmt.Errorf("%d verified and %d unknown signatures", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	if err := isCheckpoint(opened.Text, log.Name()); err != nil {
		return err
	}
	for at := range opened.Text {
		changed := []byte(texts[2])
		changed[at] ^= 1
		if _, err := note.Open(changed, known); err == nil {
			return fmt.Errorf("byte %d was changed and nobody noticed", at)
		}
	}
	return sign(folder)
}

// isCheckpoint reads the three lines of c2sp.org/tlog-checkpoint.
func isCheckpoint(text, origin string) error {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != origin {
		return errors.New("a checkpoint has three lines, the first is the log's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return fmt.Errorf("the size is %q", lines[1])
	}
	_, err = tlog.ParseHash(lines[2])
	return err
}

// sign makes theirs/go.note with the key of the folder, for our side to open.
func sign(folder string) error {
	skey, err := read(folder, "go.skey")
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(strings.TrimSpace(skey))
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: "signed by Go\n\n渝北\n"}, signer)
	if err != nil {
		return err
	}
	theirs := filepath.Join(folder, "theirs")
	if err := os.MkdirAll(theirs, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(theirs, "go.note"), signed, 0o644)
}

// cosigner verifies timestamped cosignatures, c2sp.org/tlog-cosignature.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a vkey")
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return nil, errors.New("not a key of a witness")
	}
	if keyHash(parts[0], key) != uint32(hash) {
		return nil, errors.New("the id is not the key's")
	}
	return &cosigner{parts[0], uint32(hash), ed25519.PublicKey(key[1:])}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	var message bytes.Buffer
	fmt.Fprintf(&message, "cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	message.Write(text)
	return ed25519.Verify(c.key, message.Bytes(), signature[8:])
}
