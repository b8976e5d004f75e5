// Other people's programs on our signed notes: Go's sumdb/note opens what we
// signed, and signs what we open.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run ./reference/go FOLDER
//
// FOLDER is what `cargo test --test note export` writes, or the public folder of
// an office that keeps a log. Nothing of yaohao's code is in here: the formats are
// those of c2sp.org, the libraries those of the Go project (Debian: golang-go,
// golang-golang-x-mod-dev).
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./reference/go FOLDER")
		os.Exit(2)
	}
	folder := os.Args[1]
	for _, check := range []struct {
		name string
		run  func(string) error
	}{
		{"notes", checkNotes},
		{"log", checkLog},
	} {
		if err := check.run(folder); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", check.name, err)
			os.Exit(1)
		}
		fmt.Printf("%s: agreed\n", check.name)
	}
}

func read(folder, name string) (string, error) {
	bytes, err := os.ReadFile(filepath.Join(folder, name))
	return string(bytes), err
}
