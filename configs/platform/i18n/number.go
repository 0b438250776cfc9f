package i18n

import (
	"fmt"
	"strconv"
	"time"
)

const nbsp = "\u00a0"

// Number groups digits by thousands: "1 425" (no-break space) or "1,425".
func (t *Text) Number(n int64) string {
	separator := nbsp
	if t.lang == English {
		separator = ","
	}
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	grouped := digits[:(len(digits)-1)%3+1]
	for i := len(grouped); i < len(digits); i += 3 {
		grouped += separator + digits[i:i+3]
	}
	return sign + grouped
}

// Euros writes an amount in cents: "45,00 €" (no-break space) or "€45.00".
func (t *Text) Euros(cents int64) string {
	sign := ""
	whole, rest := cents/100, cents%100
	if cents < 0 {
		sign, whole, rest = "-", -whole, -rest
	}
	if t.lang == English {
		return fmt.Sprintf("%s€%s.%02d", sign, t.Number(whole), rest)
	}
	return fmt.Sprintf("%s%s,%02d%s€", sign, t.Number(whole), rest, nbsp)
}

// Duration writes whole minutes: "20 min", "1 h 15", "2 h", with no-break
// spaces, the same in both languages.
func (t *Text) Duration(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case hours == 0:
		return fmt.Sprintf("%d%smin", minutes, nbsp)
	case minutes == 0:
		return fmt.Sprintf("%d%sh", hours, nbsp)
	}
	return fmt.Sprintf("%d%sh%s%02d", hours, nbsp, nbsp, minutes)
}
