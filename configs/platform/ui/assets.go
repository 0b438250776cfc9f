package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

//go:embed static
var static embed.FS

// Assets is every file that our pages fetch, by name: the sheets site.css,
// office.css, www.css and event-calendar.css; the scripts site.js, office.js,
// calendar.js, event-calendar.js and htmx.js; icons.svg, mark.svg, favicon.svg.
var Assets = &Files{load: sync.OnceValue(func() bundle {
	root, err := fs.Sub(static, "static")
	if err != nil {
		panic(err)
	}
	return mustBundle(root)
})}

// Prefix starts the path of every asset.
const Prefix = "/static/"

// Asset is one file ready to send. Brotli and Gzip hold the same bytes as
// Body, compressed; ETag is quoted. A path never changes content, so it may be
// cached for ever.
type Asset struct {
	Body, Brotli, Gzip []byte
	Type, ETag         string
}

// Files finds assets. It builds its sheets at the first question and
// compresses each file once, when it is first opened.
type Files struct {
	load func() bundle
}

type bundle struct {
	paths map[string]string       // name → path
	open  map[string]func() Asset // path → asset
	icons map[string]struct{}     // symbols of icons.svg
}

// Path is where a file is served: "/static/<hash of its content>/site.css".
// It is empty for a name that is not an asset.
func (f *Files) Path(name string) string { return f.load().paths[name] }

// Open gives the file at a path that Path returned.
func (f *Files) Open(at string) (Asset, bool) {
	open, ok := f.load().open[at]
	if !ok {
		return Asset{}, false
	}
	return open(), true
}

// mustBundle panics on a file system without our files: a fault of the build.
func mustBundle(root fs.FS) bundle {
	b := bundle{map[string]string{}, map[string]func() Asset{}, map[string]struct{}{}}
	for _, file := range served {
		body, err := build(root, file)
		if err != nil {
			panic(err)
		}
		name := path.Base(file)
		sum := sha256.Sum256(body)
		hash := hex.EncodeToString(sum[:8])
		at := Prefix + hash + "/" + name
		b.paths[name] = at
		b.open[at] = sync.OnceValue(func() Asset { return pack(name, hash, body) })
		if name == "icons.svg" {
			b.icons = symbols(body)
		}
	}
	return b
}

func pack(name, hash string, body []byte) Asset {
	return Asset{
		Body:   body,
		Brotli: squeeze(body, func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 9) }),
		Gzip:   squeeze(body, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		Type:   mime[path.Ext(name)],
		ETag:   `"` + hash + `"`,
	}
}

var mime = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func squeeze(body []byte, to func(io.Writer) io.WriteCloser) []byte {
	var buf bytes.Buffer
	w := to(&buf)
	if _, err := w.Write(body); err != nil {
		panic(err) // a buffer takes every byte
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// symbols lists the ids of a sprite's symbols.
func symbols(sprite []byte) map[string]struct{} {
	found := map[string]struct{}{}
	for _, part := range strings.Split(string(sprite), `<symbol id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		found[id] = struct{}{}
	}
	return found
}
