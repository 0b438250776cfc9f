// Package migrations holds the shape of the data and brings a database, and
// thousands of tenant schemas in it, to the current one. It must not know what
// a row means: it reads no tenant's data.
package migrations

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed control/*.sql platform/*.sql tenant/*.sql
var files embed.FS

// Files are the migrations as they were compiled in.
func Files() fs.FS { return files }

// step is one numbered file. A published step is never edited: it is followed.
type step struct {
	version int
	name    string
	sql     string
}

var (
	controlSteps  = mustSteps("control")
	platformSteps = mustSteps("platform")
	tenantSteps   = mustSteps("tenant")
)

// TenantVersion is the version that a tenant's schema has after all steps.
var TenantVersion = tenantSteps[len(tenantSteps)-1].version

// current builds a tenant's schema at TenantVersion in one go; a test proves
// that it equals the replay of all steps.
const currentFile = "tenant/current.sql"

func mustSteps(dir string) []step {
	steps, err := readSteps(files, dir)
	if err != nil {
		panic(err)
	}
	return steps
}

// readSteps wants 0001_x.sql, 0002_y.sql … without a gap.
func readSteps(fsys fs.FS, dir string) ([]step, error) {
	names, err := fs.Glob(fsys, dir+"/[0-9]*.sql")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("migrations: no steps in %s: %w", dir, err)
	}
	var steps []step
	for i, name := range names {
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(name, dir+"/"), "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migrations: %s: want number %04d", name, i+1)
		}
		steps = append(steps, step{version, name, string(body)})
	}
	return steps, nil
}
