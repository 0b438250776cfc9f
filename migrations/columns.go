package migrations

import (
	_ "embed"
	"fmt"

	"github.com/BurntSushi/toml"
)

//go:embed columns.toml
var columns string

// Class is what is known about a kind of column; see columns.toml.
type Class struct {
	Controller  string
	Purpose     string
	Retention   string
	Sensitivity string
	Export      string
	Erase       string
}

// Column names one column; Schema is "tenant" for those of every tenant.
type Column struct{ Schema, Table, Name string }

// Columns gives the class of every column, by the class's name, and the
// classes. It fails where a column has two classes or one that does not exist.
func Columns() (map[Column]string, map[string]Class, error) {
	var file map[string]map[string]toml.Primitive
	meta, err := toml.Decode(columns, &file)
	if err != nil {
		return nil, nil, err
	}
	classes := map[string]Class{}
	for name, p := range file["class"] {
		var c Class
		if err := meta.PrimitiveDecode(p, &c); err != nil {
			return nil, nil, err
		}
		classes[name] = c
	}
	delete(file, "class")
	all := map[Column]string{}
	for schema, tables := range file {
		for table, p := range tables {
			var byClass map[string][]string
			if err := meta.PrimitiveDecode(p, &byClass); err != nil {
				return nil, nil, err
			}
			for class, names := range byClass {
				for _, name := range names {
					c := Column{schema, table, name}
					if _, known := classes[class]; !known || all[c] != "" {
						return nil, nil, fmt.Errorf("migrations: %v: class %q does not exist, or is the second", c, class)
					}
					all[c] = class
				}
			}
		}
	}
	return all, classes, nil
}
