package ui

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
)

// served is what a browser may ask for; anything else under static/ (source
// blocks, licences) stays here.
var served = []string{
	"site.css", "office.css", "www.css",
	"site.js", "office.js", "calendar.js",
	"icons.svg", "mark.svg", "favicon.svg",
	"vendor/event-calendar.css", "vendor/event-calendar.js", "vendor/htmx.js",
}

// sheets says which blocks of static/css make a sheet. Order matters: utils
// come last, and the calendar's skin stands outside the cascade layers.
var sheets = map[string]string{
	"site.css":   "tokens base parts site utils",
	"www.css":    "tokens base parts site www utils",
	"office.css": "tokens base parts site enter office chart utils calendar",
}

// build gives the bytes of a served file: blocks joined and minified for a
// sheet, the file itself for the others.
func build(root fs.FS, name string) ([]byte, error) {
	blocks, ok := sheets[name]
	if !ok {
		return fs.ReadFile(root, name)
	}
	var all bytes.Buffer
	for _, block := range strings.Fields(blocks) {
		b, err := fs.ReadFile(root, "css/"+block+".css")
		if err != nil {
			return nil, err
		}
		all.Write(b)
	}
	var out bytes.Buffer
	if err := css.Minify(minify.New(), &out, &all, nil); err != nil {
		return nil, fmt.Errorf("ui: %s: %w", name, err)
	}
	return out.Bytes(), nil
}
