package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/web"
)

// sent is what a browser is asked to keep.
func sent(t *testing.T, set fiber.Handler) []*http.Cookie {
	t.Helper()
	app := fiber.New()
	app.Get("/", set)
	res, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.Cookies()
}

func TestACookieIsSentAsTheListSays(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range web.Cookies {
		if seen[k.Name] || k.Purpose == "" || k.Setter == "" || k.Secret && (k.Script || k.Path != "/") {
			t.Errorf("%+v is listed twice, does not say what it is for, or shows a secret", k)
		}
		seen[k.Name] = true
		for _, secure := range []bool{true, false} {
			got := sent(t, func(c *fiber.Ctx) error { k.Keep(c, secure, "x"); return nil })
			if len(got) != 1 {
				t.Fatalf("%s: %d cookies", k.Name, len(got))
			}
			c := got[0]
			if c.Name != k.Sent(secure) || c.Secure != secure || c.HttpOnly == k.Script || c.MaxAge != int(k.Lasts.Seconds()) ||
				c.Path != k.Path || c.Domain != "" || c.SameSite != http.SameSiteLaxMode || strings.HasPrefix(c.Name, "__Host-") != (secure && k.Secret) {
				t.Errorf("%s: %v", k.Name, c)
			}
			gone := sent(t, func(c *fiber.Ctx) error { k.Forget(c, secure); return nil })
			if len(gone) != 1 || gone[0].Name != c.Name || gone[0].Path != c.Path || gone[0].MaxAge >= 0 {
				t.Errorf("%s is not forgotten: %v", k.Name, gone)
			}
		}
	}
}

func TestACookieThatIsNotListedCannotBeSet(t *testing.T) {
	t.Parallel()
	refused := false
	got := sent(t, func(c *fiber.Ctx) error {
		defer func() { refused = recover() != nil }()
		web.Cookie{Name: "audience", Path: "/"}.Keep(c, false, "x")
		return nil
	})
	if !refused || len(got) != 0 {
		t.Errorf("it was set: %v", got)
	}
}

// Our scripts may write what the list says they write, nothing else.
func TestScriptsWriteListedCookiesAlone(t *testing.T) {
	t.Parallel()
	written, scripts := regexp.MustCompile("document\\.cookie = [`'\"]([a-z_-]+)="), 0
	err := fs.WalkDir(os.DirFS("../ui/static"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".js") {
			return err
		}
		scripts++
		body, err := os.ReadFile("../ui/static/" + path)
		if err != nil {
			return err
		}
		text := string(body)
		if n := strings.Count(text, "document.cookie"); n > strings.Count(text, "document.cookie.match")+len(written.FindAllString(text, -1)) {
			t.Errorf("%s touches cookies in a way this test cannot read", path)
		}
		for _, found := range written.FindAllStringSubmatch(text, -1) {
			if found[1] != web.ThemeChoice.Name {
				t.Errorf("%s writes %q", path, found[1])
			}
		}
		return nil
	})
	if err != nil || scripts == 0 {
		t.Errorf("%d scripts, %v", scripts, err)
	}
}
