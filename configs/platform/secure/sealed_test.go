package secure

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const secret = "allergie aux arachides"

func TestSealedTextComesBackThroughItsColumn(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	sealed := k.SealText(secret, "patients.note")
	value, err := sealed.Value()
	if err != nil {
		t.Fatal(err)
	}
	column, ok := value.([]byte)
	if !ok || bytes.Contains(column, []byte("allergie")) {
		t.Fatalf("the column holds %q", value)
	}
	var read Sealed
	if err := read.Scan(column); err != nil {
		t.Fatal(err)
	}
	clear(column) // a driver reuses its buffer
	if got, err := read.Open(k, "patients.note"); err != nil || got != secret {
		t.Errorf("opened %q, %v", got, err)
	}
	if _, err := read.Open(k, "patients.name"); !errors.Is(err, ErrOpen) {
		t.Errorf("opened for another column: %v", err)
	}
	if _, err := read.Open(key(t, 2), "patients.note"); !errors.Is(err, ErrOpen) {
		t.Errorf("opened with another key: %v", err)
	}
}

func TestNoTextIsNull(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	empty := k.SealText("", "patients.note")
	if value, err := empty.Value(); value != nil || err != nil || !empty.IsZero() {
		t.Errorf("empty text is %v, %v", value, err)
	}
	read := k.SealText(secret, "patients.note")
	if err := read.Scan(nil); err != nil || !read.IsZero() {
		t.Errorf("NULL reads as %v, %v", read.IsZero(), err)
	}
	if got, err := read.Open(k, "patients.note"); got != "" || err != nil {
		t.Errorf("NULL opens as %q, %v", got, err)
	}
	if err := read.Scan(12); err == nil {
		t.Error("a number was taken for sealed text")
	}
}

func TestSealedTextIsNeverPrinted(t *testing.T) {
	t.Parallel()
	type row struct {
		ID   int
		Note Sealed
	}
	sealed := key(t, 1).SealText(secret, "patients.note")
	r := row{7, sealed}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, thing := range []any{sealed, &sealed, r, &r, []Sealed{sealed}} {
			if got := fmt.Sprintf(verb, thing); !strings.Contains(got, redacted) || strings.Contains(got, sealed.ciphertext) {
				t.Errorf("%s prints %q", verb, got)
			}
		}
	}
	if sealed.String() != redacted || sealed.GoString() != redacted {
		t.Errorf("%s, %s", sealed.String(), sealed.GoString())
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "note", sealed)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "note", sealed)
	if strings.Count(log.String(), redacted) != 2 {
		t.Errorf("logged %s", log.String())
	}
	if got, err := json.Marshal(r); err != nil || string(got) != `{"ID":7,"Note":"[sealed]"}` {
		t.Errorf("JSON %s, %v", got, err)
	}
	if got, err := xml.Marshal(r); err != nil || !strings.Contains(string(got), redacted) {
		t.Errorf("XML %s, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`{"Note":"[sealed]"}`), &r); err == nil {
		t.Error("the mark was read in as text")
	}
}
