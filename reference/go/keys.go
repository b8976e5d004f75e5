package main

import (
	"crypto/sha256"
	"encoding/binary"
)

// keyHash is the id of a key: the first four bytes of SHA-256(name, LF, type and key).
func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(sum[:])
}
