package provisioning

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/migrations"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
)

// credentials are the tables that no export holds: what opens an account or a
// link is nobody's to carry away.
var credentials = []string{"sessions", "signin_failures", "idempotency"}

// secrets are columns that are left out for the same reason.
var secrets = []string{"password_hash", "reset_hash", "link_hash"}

// sealed are the columns that are opened in an export, with the purpose they
// were sealed for.
var sealed = map[string]string{"reason": "participations.reason", "note": "participations.note"}

// Manifest says what an export holds, and lets anybody check that it is whole.
type Manifest struct {
	House         string            `json:"house"`
	Slug          string            `json:"slug"`
	MadeAt        time.Time         `json:"made_at"`
	SchemaVersion int               `json:"schema_version"`
	Files         map[string]string `json:"files"` // SHA-256 in hexadecimal
}

// Export writes a house's whole space as a ZIP: each table as JSON and as CSV,
// the appointments as a calendar, and a manifest. Sealed text is opened.
func Export(ctx context.Context, s postgres.Scope, t tenants.Tenant, to io.Writer) error {
	z := zip.NewWriter(to)
	m := Manifest{House: t.Name, Slug: string(t.Slug), MadeAt: s.Now(), SchemaVersion: migrations.TenantVersion, Files: map[string]string{}}
	names, err := tables(ctx, s)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := exportTable(ctx, s, name, func(file string, write func(io.Writer) error) error {
			return m.add(z, file, s.Now(), write)
		}); err != nil {
			return err
		}
	}
	err = m.add(z, "rendez-vous.ics", s.Now(), func(w io.Writer) error { return booking.WriteCalendar(ctx, s, t, w) })
	if err != nil {
		return err
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: "manifeste.json", Method: zip.Deflate, Modified: s.Now()})
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return err
	}
	return z.Close()
}

// add writes one file and notes its hash.
func (m Manifest) add(z *zip.Writer, name string, at time.Time, write func(io.Writer) error) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	h := sha256.New()
	if err := write(io.MultiWriter(w, h)); err != nil {
		return err
	}
	m.Files[name] = hex.EncodeToString(h.Sum(nil))
	return nil
}

func exportTable(ctx context.Context, s postgres.Scope, name string, add func(string, func(io.Writer) error) error) error {
	columns, rows, err := readTable(ctx, s, name)
	if err != nil {
		return err
	}
	key, err := s.Key(ctx)
	if err != nil {
		return err
	}
	for i, c := range columns {
		purpose, hidden := sealed[c]
		if !hidden || name != "participations" {
			continue
		}
		for _, row := range rows {
			if row[i] == nil {
				continue
			}
			raw, err := hex.DecodeString(strings.TrimPrefix(*row[i], `\x`))
			if err != nil {
				return err
			}
			plain, err := key.Open(raw, purpose)
			if err != nil {
				return err
			}
			text := string(plain)
			row[i] = &text
		}
	}
	if err := add("json/"+name+".json", func(w io.Writer) error { return writeJSON(w, columns, rows) }); err != nil {
		return err
	}
	return add("csv/"+name+".csv", func(w io.Writer) error { return writeCSV(w, columns, rows) })
}

func writeJSON(w io.Writer, columns []string, rows [][]*string) error {
	return json.NewEncoder(w).Encode(struct {
		Columns []string    `json:"columns"`
		Rows    [][]*string `json:"rows"`
	}{columns, rows})
}

// writeCSV writes what French spreadsheets open as it is: a mark of UTF-8,
// semicolons, and no cell that they would take for a formula.
func writeCSV(w io.Writer, columns []string, rows [][]*string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	if err := out.Write(columns); err != nil {
		return err
	}
	line := make([]string, len(columns))
	for _, row := range rows {
		for i, cell := range row {
			if line[i] = ""; cell != nil {
				line[i] = harmless(*cell)
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from running what somebody typed.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
