package calendar

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
)

// MarshalText writes "2006-01-02", nothing for no date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// Value is a PostgreSQL date, NULL for no date.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a PostgreSQL date, as text or as the midnight a driver makes of
// it in any zone; NULL is no date.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = NewDate(v.Date())
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("calendar: a date from %T: %w", src, ErrDate)
}

// MarshalText writes "15:04".
func (m TimeOfDay) MarshalText() ([]byte, error) {
	if !m.Valid() {
		return nil, ErrTimeOfDay
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads "15:04".
func (m *TimeOfDay) UnmarshalText(text []byte) error {
	parsed, err := ParseTimeOfDay(string(text))
	if err == nil {
		*m = parsed
	}
	return err
}

// Value is a PostgreSQL time, which knows 24:00 too.
func (m TimeOfDay) Value() (driver.Value, error) {
	text, err := m.MarshalText()
	if err != nil {
		return nil, err
	}
	return string(text), nil
}

// Scan reads a PostgreSQL time of whole minutes. NULL is refused, because
// midnight is not "no time": scan a column that allows it into a *TimeOfDay.
func (m *TimeOfDay) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return m.scanText(v)
	case []byte:
		return m.scanText(string(v))
	}
	return fmt.Errorf("calendar: a time of day from %T: %w", src, ErrTimeOfDay)
}

func (m *TimeOfDay) scanText(s string) error {
	if len(s) == len(time.TimeOnly) {
		s = strings.TrimSuffix(s, ":00")
	}
	return m.UnmarshalText([]byte(s))
}
