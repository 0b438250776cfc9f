package www

import (
	"bytes"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/policies"
)

// policy is the privacy policy in force.
type policy struct {
	page
	version int
	since   time.Time
	body    templ.Component
}

func (w WWW) showPolicy(c *fiber.Ctx) error {
	found, err := policies.Get(c.UserContext(), w.Control, 0)
	if err != nil {
		return err
	}
	zone, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		return err
	}
	body, err := article(found.Body)
	if err != nil {
		return err
	}
	return web.Page(c, policyPage(policy{w.page(c), found.Version, found.PublishedAt.In(zone), body}))
}

// article turns Markdown into HTML with our classes, since our sheets style no
// bare element. HTML inside the text is left out.
func article(markdown string) (templ.Component, error) {
	var html bytes.Buffer
	reader := goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(classes{}, 100))))
	if err := reader.Convert([]byte(markdown), &html); err != nil {
		return nil, err
	}
	return templ.Raw(html.String()), nil // goldmark's own, as said above
}

type classes struct{}

// Transform is called by goldmark for each document. Its title goes: the page
// says it in the reader's language.
func (classes) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	if title, ok := doc.FirstChild().(*ast.Heading); ok && title.Level == 1 {
		doc.RemoveChild(doc, title)
	}
	_ = ast.Walk(doc, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			n.SetAttributeString("class", [...]string{"h1", "h2 pt", "h3", "b", "b", "b"}[n.Level-1])
		case *ast.List:
			n.SetAttributeString("class", "plain stack g1")
		case *ast.Link:
			n.SetAttributeString("class", "a")
		}
		return ast.WalkContinue, nil
	})
}
