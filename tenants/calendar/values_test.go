package calendar_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

var (
	_ sql.Scanner              = (*calendar.Date)(nil)
	_ driver.Valuer            = calendar.Date{}
	_ encoding.TextUnmarshaler = (*calendar.Date)(nil)
	_ sql.Scanner              = (*calendar.TimeOfDay)(nil)
	_ driver.Valuer            = calendar.TimeOfDay(0)
	_ encoding.TextUnmarshaler = (*calendar.TimeOfDay)(nil)
)

func TestJSONHoldsDatesAndTimesAsText(t *testing.T) {
	t.Parallel()
	type opening struct {
		Day  calendar.Date          `json:"day"`
		None calendar.Date          `json:"none"`
		From calendar.TimeOfDay     `json:"from"`
		By   map[calendar.Date]bool `json:"by"`
	}
	in := opening{Day: date(t, "2026-03-29"), From: 570, By: map[calendar.Date]bool{date(t, "2026-03-30"): true}}
	text, err := json.Marshal(in)
	if want := `{"day":"2026-03-29","none":"","from":"09:30","by":{"2026-03-30":true}}`; err != nil || string(text) != want {
		t.Fatalf("written as %s, %v; not %s", text, err, want)
	}
	var out opening
	if err := json.Unmarshal(text, &out); err != nil || out.Day != in.Day || !out.None.IsZero() || out.From != in.From || !out.By[date(t, "2026-03-30")] {
		t.Errorf("read back as %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"day":"2026-02-30"}`), &out); !errors.Is(err, calendar.ErrDate) {
		t.Errorf("30 February: %v", err)
	}
	if err := json.Unmarshal([]byte(`{"from":"24:30"}`), &out); !errors.Is(err, calendar.ErrTimeOfDay) {
		t.Errorf("24:30: %v", err)
	}
	if _, err := json.Marshal(calendar.TimeOfDay(1441)); err == nil {
		t.Error("a minute past the end of the day is written")
	}
}

func TestDateScansWhatPostgreSQLGives(t *testing.T) {
	t.Parallel()
	want := date(t, "2026-03-29")
	for name, src := range map[string]any{
		"text": "2026-03-29", "bytes": []byte("2026-03-29"),
		"utc":   time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC),
		"local": time.Date(2026, 3, 29, 0, 0, 0, 0, zone(t, "Pacific/Noumea")),
	} {
		var got calendar.Date
		if err := got.Scan(src); err != nil || got != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	got := want
	for _, src := range []any{int64(20260329), "infinity", true} {
		if err := got.Scan(src); !errors.Is(err, calendar.ErrDate) || got != want {
			t.Errorf("%v: %s, %v", src, got, err)
		}
	}
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("NULL: %s, %v", got, err)
	}
	if v, err := got.Value(); v != nil || err != nil {
		t.Errorf("no date is written as %v, %v", v, err)
	}
}

func TestTimeOfDayScansWhatPostgreSQLGives(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]calendar.TimeOfDay{"09:30:00": 570, "09:30": 570, "00:00:00": 0, "24:00:00": 1440} {
		var text, bytes calendar.TimeOfDay
		if err := errors.Join(text.Scan(src), bytes.Scan([]byte(src))); err != nil || text != want || bytes != want {
			t.Errorf("%s: %s, %s, %v", src, text, bytes, err)
		}
	}
	for _, src := range []any{nil, "09:30:01", "09:30:00.5", "", int64(570), time.Time{}} {
		got := calendar.TimeOfDay(7)
		if err := got.Scan(src); !errors.Is(err, calendar.ErrTimeOfDay) || got != 7 {
			t.Errorf("%v is taken for %s, %v", src, got, err)
		}
	}
	if v, err := calendar.TimeOfDay(-1).Value(); err == nil {
		t.Errorf("a minute before midnight is written as %v", v)
	}
}

func TestWhatIsStoredIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, m := drawDate(t, "date"), calendar.TimeOfDay(rapid.IntRange(0, 1440).Draw(t, "minute"))
		dv, err1 := d.Value()
		mv, err2 := m.Value()
		var d2 calendar.Date
		var m2 calendar.TimeOfDay
		if err := errors.Join(err1, err2, d2.Scan(dv), m2.Scan(mv)); err != nil || d2 != d || m2 != m {
			t.Fatalf("%s %s is read back as %s %s, %v", d, m, d2, m2, err)
		}
	})
}
