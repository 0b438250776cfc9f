package booking

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// spans appends what two lists of seconds, "{1795510800,…}", say of a resource.
func spans(busy []availability.Busy, resource int64, starts, ends []byte) ([]availability.Busy, error) {
	for len(starts) > 1 && len(ends) > 1 {
		var from, to time.Time
		var err error
		if from, starts, err = first(starts[1:]); err != nil {
			return nil, err
		}
		if to, ends, err = first(ends[1:]); err != nil {
			return nil, err
		}
		busy = append(busy, availability.Busy{Resource: resource, Span: calendar.Span{Start: from, End: to}})
	}
	return busy, nil
}

// first reads the first number of a list and leaves its separator.
func first(list []byte) (time.Time, []byte, error) {
	end := bytes.IndexAny(list, ",}")
	if end < 0 {
		return time.Time{}, nil, errors.New("booking: a list of seconds without an end")
	}
	seconds, err := strconv.ParseFloat(string(list[:end]), 64)
	return time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC(), list[end:], err
}
