package ui

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	markdown "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Prose turns Markdown into a page's text. HTML inside it is left out, and so
// is a title on top: the page says its own, in the reader's language.
func Prose(markdown string) (templ.Component, error) {
	var html bytes.Buffer
	if err := prose.Convert([]byte(markdown), &html); err != nil {
		return nil, err
	}
	return templ.Raw(html.String()), nil //nolint:forbidigo // goldmark escapes text and leaves HTML out
}

var prose = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(dresser{}, 100))))

// dresser gives classes to what has a look: our sheets style no bare element.
type dresser struct{}

// Transform is called by goldmark for each document.
func (dresser) Transform(doc *ast.Document, _ markdown.Reader, _ parser.Context) {
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
