package ui

import (
	"slices"
	"strings"
)

// Form is what a person typed and what is wrong with it, so that a page comes
// back as it was left. The zero Form is an untouched one: each field then
// shows its own Value.
type Form struct {
	Prefix  string              // goes before every id; tells two forms of one page apart
	Values  map[string][]string // as typed; nil when nothing was sent yet
	Errors  []FieldError        // in the order of the page
	Message string              // a fault of the whole form, not of one field
}

// FieldError is the sentence under one field. Line is what the list on top of
// the page says instead, when it must name the field.
type FieldError struct {
	Name, Text, Line string
}

// Wrong adds an error and returns the form, whose receiver it leaves alone.
func (f Form) Wrong(name, text string) Form {
	f.Errors = append(slices.Clip(f.Errors), FieldError{Name: name, Text: text})
	return f
}

// OK tells whether nothing is wrong.
func (f Form) OK() bool { return len(f.Errors) == 0 && f.Message == "" }

// Sent tells whether the form holds what a person typed.
func (f Form) Sent() bool { return f.Values != nil }

// Value is what was typed, or stored when the form was not sent yet.
func (f Form) Value(name, stored string) string {
	if !f.Sent() {
		return stored
	}
	if v := f.Values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Has tells whether a box or radio was chosen, or is stored as chosen when the
// form was not sent yet.
func (f Form) Has(name, value string, stored bool) bool {
	if !f.Sent() {
		return stored
	}
	return slices.Contains(f.Values[name], value)
}

// Date joins the three selects of a DateField as YYYY-MM-DD, exactly as chosen
// even when no such day exists. It is empty when all three are.
func (f Form) Date(name string) string {
	day, month, year := f.Value(name+"-day", ""), f.Value(name+"-month", ""), f.Value(name+"-year", "")
	if day+month+year == "" {
		return ""
	}
	return year + "-" + month + "-" + day
}

// Error is the sentence for a field, empty when there is none.
func (f Form) Error(name string) string {
	for _, e := range f.Errors {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

// ID is the id of a field's control.
func (f Form) ID(name string) string { return f.Prefix + name }

// describedBy lists the ids of the hint and the error that belong to a field.
func (f Form) describedBy(name, hint string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, f.ID(name)+"-hint")
	}
	if f.Error(name) != "" {
		ids = append(ids, f.ID(name)+"-error")
	}
	return strings.Join(ids, " ")
}
