package catalog

// Trade is a kind of house, and what such a house usually offers: a beginning
// that its owner changes. Names become the house's own words, and are French as
// those who read them.
type Trade struct {
	Key    string
	Name   string
	Person Person
	Offer  []Preset
}

// Preset is a usual service.
type Preset struct {
	Name    string
	Minutes int
}

var trades = []Trade{
	{"doctor", "Médecine générale", Patient, []Preset{{"Consultation", 20}, {"Première consultation", 30}}},
	{"physiotherapist", "Kinésithérapie", Patient, []Preset{{"Séance", 30}, {"Bilan", 45}}},
	{"hairdresser", "Coiffure", Client, []Preset{{"Coupe", 30}, {"Coupe et brushing", 45}, {"Couleur", 90}}},
	{"language_school", "École de langues", Pupil, []Preset{{"Cours particulier", 60}, {"Test de niveau", 30}}},
	{"lawyer", "Cabinet d’avocats", Client, []Preset{{"Premier rendez-vous", 45}, {"Rendez-vous de suivi", 30}}},
	{"garage", "Garage", Client, []Preset{{"Révision", 60}, {"Diagnostic", 30}, {"Pneus", 45}}},
	{"driving_school", "Auto-école", Pupil, []Preset{{"Leçon de conduite", 60}, {"Évaluation", 45}}},
	{"other", "", Client, []Preset{{"Rendez-vous", 30}}},
}

// Trades lists those known, "other" last.
func Trades() []Trade { return trades }

// TradeOf finds a trade by its key; "other" for an unknown one.
func TradeOf(key string) Trade {
	for _, t := range trades {
		if t.Key == key {
			return t
		}
	}
	return trades[len(trades)-1]
}

// TradeNamed finds a trade by what a profile calls it; "other" for a name of
// the house's own.
func TradeNamed(name string) Trade {
	for _, t := range trades {
		if t.Name == name {
			return t
		}
	}
	return TradeOf("")
}
