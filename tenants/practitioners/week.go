package practitioners

import (
	"cmp"
	"context"
	"slices"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
)

// CheckWeek finds what cannot be in one practitioner's week, as an Invalid
// fault on "week": a range that ends before it begins, or two at once.
func CheckWeek(week []Opening) error {
	sorted := slices.SortedFunc(slices.Values(week), func(a, b Opening) int {
		return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Opens, b.Opens))
	})
	for i, o := range sorted {
		if o.Closes <= o.Opens {
			return fault.Wrong(fault.On("week", "practitioners.inverted"))
		}
		if i > 0 && sorted[i-1].Weekday == o.Weekday && sorted[i-1].Closes > o.Opens {
			return fault.Wrong(fault.On("week", "practitioners.overlap"))
		}
	}
	return nil
}

// AddWeek keeps the ranges of a week, or none of them.
func AddWeek(ctx context.Context, s postgres.Scope, week []Opening) error {
	if err := CheckWeek(week); err != nil {
		return err
	}
	for _, o := range week {
		if err := AddOpening(ctx, s, o); err != nil {
			return err
		}
	}
	return nil
}
