package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"smartagenda/configs/platform/ui"
)

func TestStaticFilesAreCompressedOnceAndKeptForAYear(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), echo)
	path := ui.Assets.Path("site.css")
	asset, _ := ui.Assets.Open(path)
	for accept, want := range map[string]string{
		"": "", "br": "br", "gzip, deflate, br": "br", "gzip": "gzip", "identity": "", "br;q=0, gzip": "gzip", "zstd": "", "bread": "",
	} {
		headers := []string{"Host", "cabinet.smartagenda.fr"}
		if accept != "" {
			headers = append(headers, "Accept-Encoding", accept)
		}
		res, body := ask(t, app, "GET", path, headers...)
		var plain io.Reader = strings.NewReader(body)
		switch want {
		case "br":
			plain = brotli.NewReader(plain)
		case "gzip":
			var err error
			if plain, err = gzip.NewReader(plain); err != nil {
				t.Errorf("%q: %v", accept, err)
				continue
			}
		}
		got, err := io.ReadAll(plain)
		if err != nil || !bytes.Equal(got, asset.Body) || res.Header.Get("Content-Encoding") != want {
			t.Errorf("%q: encoding %q, want %q, %d bytes, %v", accept, res.Header.Get("Content-Encoding"), want, len(got), err)
		}
		if res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || res.Header.Get("Vary") != "Accept-Encoding" ||
			res.Header.Get("Content-Type") != "text/css; charset=utf-8" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: headers %v", accept, res.Header)
		}
	}
}

func TestAFileTheBrowserHasIsNotSentAgain(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), echo)
	path := ui.Assets.Path("icons.svg")
	asset, _ := ui.Assets.Open(path)
	if res, body := ask(t, app, "GET", path, "If-None-Match", asset.ETag); res.status != 304 || body != "" {
		t.Errorf("%d, %d bytes", res.status, len(body))
	}
	if res, _ := ask(t, app, "GET", path, "If-None-Match", `"old"`); res.status != 200 {
		t.Errorf("an old one: %d", res.status)
	}
}

func TestStaticFilesAreTheSameOnEveryHost(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), echo)
	for _, host := range []string{"cabinet.smartagenda.fr", "nobody.smartagenda.fr", "127.0.0.1:8080"} {
		if res, _ := ask(t, app, "GET", ui.Assets.Path("site.css"), "Host", host); res.status != 200 {
			t.Errorf("%s: %d", host, res.status)
		}
	}
}

func TestNothingElseIsServedAsAFile(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), echo)
	path := ui.Assets.Path("site.css")
	for _, wrong := range []string{
		"/static/", "/static/site.css", strings.Replace(path, "/static/", "/static/0", 1), path + "/", "/static/../web.go", "/static/%2e%2e/web.go",
		strings.Replace(path, "site.css", "LICENSE-lucide.txt", 1),
	} {
		if res, _ := ask(t, app, "GET", wrong, "Host", "cabinet.smartagenda.fr"); res.status != 404 || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %s", wrong, res.status, res.Header.Get("Cache-Control"))
		}
	}
}
