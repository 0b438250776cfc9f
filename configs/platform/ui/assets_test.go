package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// copyOf is our static files, to be changed at will.
func copyOf(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(static, "static", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := static.ReadFile(path)
		files[strings.TrimPrefix(path, "static/")] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPathChangesWithContentOnly(t *testing.T) {
	t.Parallel()
	before := mustBundle(copyOf(t)).paths
	files := copyOf(t)
	files["css/site.css"].Data = append(files["css/site.css"].Data, "@layer parts{.mast{color:red}}"...)
	after := mustBundle(files).paths

	for name := range before {
		changed := before[name] != after[name]
		if holds := strings.Contains(" "+sheets[name]+" ", " site "); changed != holds {
			t.Errorf("%s: path changed is %v, its content changed is %v", name, changed, holds)
		}
	}
	if before["site.js"] != Assets.Path("site.js") {
		t.Error("the same content has two paths")
	}
}

func TestCommentDoesNotChangeASheet(t *testing.T) {
	t.Parallel()
	files := copyOf(t)
	files["css/base.css"].Data = append([]byte("/* a word */\n"), files["css/base.css"].Data...)
	if got, want := mustBundle(files).paths["site.css"], Assets.Path("site.css"); got != want {
		t.Errorf("path %s, want %s", got, want)
	}
}

func TestMissingBlockFailsTheBuild(t *testing.T) {
	t.Parallel()
	files := copyOf(t)
	delete(files, "css/enter.css")
	if _, err := build(files, "office.css"); err == nil {
		t.Error("a sheet was built without one of its blocks")
	}
}

func TestOpenKnowsOnlyWhatPathGave(t *testing.T) {
	t.Parallel()
	site := Assets.Path("site.css")
	if _, ok := Assets.Open(site); !ok {
		t.Fatalf("%s is not there", site)
	}
	for _, path := range []string{
		"", "/", "site.css", "/static/site.css", "/static/0000000000000000/site.css",
		"/static/../assets.go", strings.Replace(site, "/site.css", "/../site.css", 1), site + "/", site + "?x",
		"/static/css/tokens.css", "/static/LICENSE-lucide.txt",
	} {
		if _, ok := Assets.Open(path); ok {
			t.Errorf("Open(%q) found something", path)
		}
	}
	if got := Assets.Path("tokens.css"); got != "" {
		t.Errorf("a source block is served at %s", got)
	}
}

func TestAssetsAreTypedTaggedAndCompressed(t *testing.T) {
	t.Parallel()
	tags := map[string]string{}
	for name, path := range Assets.load().paths {
		a, ok := Assets.Open(path)
		if !ok || a.Type == "" || len(a.Body) == 0 {
			t.Fatalf("%s: not whole: type %q, %d bytes", name, a.Type, len(a.Body))
		}
		if other, seen := tags[a.ETag]; seen || !strings.Contains(path, strings.Trim(a.ETag, `"`)) {
			t.Errorf("%s: tag %s, also of %q", name, a.ETag, other)
		}
		tags[a.ETag] = name
		plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(a.Brotli)))
		if err != nil || !bytes.Equal(plain, a.Body) {
			t.Errorf("%s: brotli holds other bytes (%v)", name, err)
		}
		zr, err := gzip.NewReader(bytes.NewReader(a.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err = io.ReadAll(zr); err != nil || !bytes.Equal(plain, a.Body) {
			t.Errorf("%s: gzip holds other bytes (%v)", name, err)
		}
	}
}

func TestWeights(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page   string
		names  []string
		atMost int
	}{
		{"a public sheet of a brand", []string{"site.css"}, 15_000},
		{"the office's sheets on its heaviest page", []string{"office.css", "event-calendar.css"}, 15_000},
		{"our public sheet", []string{"www.css"}, 15_000},
		{"scripts of public pages", []string{"site.js"}, 2_000},
		{"icons", []string{"icons.svg"}, 6_000},
	} {
		sum := 0
		for _, name := range c.names {
			a, _ := Assets.Open(Assets.Path(name))
			sum += len(a.Brotli)
		}
		if sum == 0 || sum > c.atMost {
			t.Errorf("%s: %d bytes compressed, at most %d", c.page, sum, c.atMost)
		}
	}
}

func TestPublicPagesDoNotFetchTheOffice(t *testing.T) {
	t.Parallel()
	site, _ := Assets.Open(Assets.Path("site.css"))
	for _, class := range []string{".desk3", ".bar", ".kpi", ".chart", ".plan", ".ec"} {
		if bytes.Contains(site.Body, []byte(class+"{")) || bytes.Contains(site.Body, []byte(class+" ")) {
			t.Errorf("site.css carries %s", class)
		}
	}
	office, _ := Assets.Open(Assets.Path("office.css"))
	if !bytes.Contains(office.Body, []byte(".cal .ec-event{")) || !bytes.Contains(office.Body, []byte(".enter{")) {
		t.Error("office.css lacks the calendar's skin or the door")
	}
}

func TestNothingComesFromElsewhere(t *testing.T) {
	t.Parallel()
	for name := range sheets {
		a, _ := Assets.Open(Assets.Path(name))
		for _, bad := range []string{"url(", "@import", "//"} {
			if bytes.Contains(a.Body, []byte(bad)) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
	}
}

func TestOurScriptsParseAndWriteNoMarkup(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"site.js", "office.js", "calendar.js"} {
		a, _ := Assets.Open(Assets.Path(name))
		if _, err := js.Parse(parse.NewInputBytes(a.Body), js.Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, bad := range []string{"innerHTML", "insertAdjacentHTML", "eval(", "new Function", ".style.", "setAttribute('style'"} {
			if bytes.Contains(a.Body, []byte(bad)) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
	}
}

func TestVendoredFilesKeepTheirLicence(t *testing.T) {
	t.Parallel()
	for file, says := range map[string]string{
		"static/LICENSE-lucide.txt":                "ISC License",
		"static/vendor/LICENSE-htmx.txt":           "Zero-Clause BSD",
		"static/vendor/LICENSE-event-calendar.txt": "Copyright (c) 2021 vkurko",
	} {
		text, err := static.ReadFile(file)
		if err != nil || !strings.Contains(string(text), says) {
			t.Errorf("%s: %v, wants %q", file, err, says)
		}
	}
}
