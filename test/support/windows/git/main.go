// A git.exe made of go-git: the two programs that serve a repository of this machine. Each call is written to the
// file git.log beside it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/go-git/go-billy/v6/osfs"
	"github.com/go-git/go-git/v6/plumbing/cache"
	"github.com/go-git/go-git/v6/plumbing/transport"
	"github.com/go-git/go-git/v6/storage/filesystem"
)

type output struct{ io.Writer }

func (output) Close() error { return os.Stdout.Close() }

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("git version 2.0.0 (go-git 6.0.0-beta.1)")
		return
	}
	program, path := os.Args[1], os.Args[2]
	note(program + " " + path)
	if _, err := os.Stat(filepath.Join(path, "HEAD")); err != nil {
		fail(fmt.Sprintf("'%s' does not appear to be a git repository", path))
	}
	store := filesystem.NewStorage(osfs.New(path), cache.NewObjectLRUDefault())
	version := os.Getenv("GIT_PROTOCOL")
	var err error
	if program == "receive-pack" {
		request := &transport.ReceivePackRequest{GitProtocol: version}
		err = transport.ReceivePack(context.Background(), store, os.Stdin, output{os.Stdout}, request)
	} else {
		request := &transport.UploadPackRequest{GitProtocol: version}
		err = transport.UploadPack(context.Background(), store, os.Stdin, output{os.Stdout}, request)
	}
	if err != nil {
		fail(err.Error())
	}
}

func note(line string) {
	self, err := os.Executable()
	if err != nil {
		fail(err.Error())
	}
	log, err := os.OpenFile(filepath.Join(filepath.Dir(self), "git.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		fail(err.Error())
	}
	defer log.Close()
	fmt.Fprintln(log, line)
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, "fatal: "+text)
	os.Exit(128)
}
