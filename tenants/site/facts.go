package site

import (
	"time"

	"smartagenda/configs/platform/i18n"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// facts are how long a service lasts and what it costs, if that is shown. Where
// the practitioners of the skills differ, they are those of the quickest and of
// the cheapest.
func facts(t *i18n.Text, v catalog.Service, skills []practitioners.Skill) []string {
	minutes, cents, differ := v.Minutes, v.PriceCents, false
	for i, k := range of(v.ID, skills) {
		m, c := v.Minutes, v.PriceCents
		if k.Minutes != nil {
			m = *k.Minutes
		}
		if k.PriceCents != nil {
			c = k.PriceCents
		}
		if i == 0 {
			minutes, cents = m, c
			continue
		}
		minutes = min(minutes, m)
		if cents != nil && c != nil && *c != *cents {
			differ = true
		}
		cents = cheaper(cents, c)
	}
	texts := []string{t.Duration(time.Duration(minutes) * time.Minute)}
	if cents == nil {
		return texts
	}
	price := t.Euros(int64(*cents))
	if differ {
		price = t.T("site.price_from", "Price", price)
	}
	return append(texts, price)
}

// of are the skills that are about a service.
func of(service int64, skills []practitioners.Skill) []practitioners.Skill {
	var kept []practitioners.Skill
	for _, k := range skills {
		if k.ServiceID == service {
			kept = append(kept, k)
		}
	}
	return kept
}

// cheaper is the lower of two prices; none is no price.
func cheaper(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}
