package site

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/policies"
)

// policy is a version of the privacy policy as a page.
type policy struct {
	page
	version int
	since   time.Time
	body    templ.Component
}

// showPolicy shows the version in force, or the one that somebody gave their
// data under.
func (s Site) showPolicy(c *fiber.Ctx) error {
	version := 0
	if asked := c.Query("version"); asked != "" {
		n, err := strconv.ParseInt(asked, 10, 32)
		if err != nil || n < 1 {
			return fault.New(fault.NotFound, "policies.unknown")
		}
		version = int(n)
	}
	found, err := policies.Get(c.UserContext(), s.Control, version)
	if err != nil {
		return err
	}
	v := policy{version: found.Version}
	if v.body, err = markdown(found.Body); err != nil {
		return err
	}
	err = s.read(c, func(_ context.Context, _ postgres.Scope, p page) error {
		v.page, v.since = p, found.PublishedAt.In(p.now.Location())
		return nil
	})
	if err != nil {
		return err
	}
	return web.Page(c, policyPage(v))
}

// current tells whether it is the version in force.
func (v policy) current() bool { return v.version >= v.tenant.Policy }

// reader turns Markdown into HTML with our classes. HTML within the text is
// left out.
var reader = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(dresser{}, 100))))

func markdown(source string) (templ.Component, error) {
	var html bytes.Buffer
	if err := reader.Convert([]byte(source), &html); err != nil {
		return nil, err
	}
	return templ.Raw(html.String()), nil // goldmark escapes text and leaves HTML out
}

// dresser gives classes to what has a look: our sheet styles no bare element.
type dresser struct{}

// Transform is called by goldmark for each document. The title goes: the page
// says it in the reader's language.
func (dresser) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	if title, ok := doc.FirstChild().(*ast.Heading); ok && title.Level == 1 {
		doc.RemoveChild(doc, title)
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if class := dress(n); entering && class != "" {
			n.SetAttributeString("class", []byte(class))
		}
		return ast.WalkContinue, nil
	})
}

func dress(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return [...]string{"h1", "h2 pt", "h3", "b", "b", "b"}[n.Level-1]
	case *ast.List:
		return "plain stack g2"
	case *ast.Link, *ast.AutoLink:
		return "a"
	}
	return ""
}
