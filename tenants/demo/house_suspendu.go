package demo

import (
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// seve is a small practice in Nancy whose subscription was suspended.
func seve() house {
	return house{
		slug: "suspendu", owner: "Jeanne Sève", status: tenants.Suspended, subscribed: "solo", opened: 260, filled: 60, faithful: 100,
		profile: catalog.Profile{
			Name: "Cabinet Sève", Trade: "Ostéopathie", Brand: "#5a6b3b", Person: catalog.Patient, Zone: "Europe/Paris",
			Presentation: "Ostéopathie pour les adultes et les sportifs, au cœur de Nancy.",
			Phone:        "+33353019876", Email: "cabinet@suspendu.test", RemindHours: 24, ConfirmBySMS: true, SMSSender: "CabinetSeve",
		},
		place: catalog.Location{Name: "Cabinet Sève", Street: "17 rue des Dominicains", Postcode: "54000", City: "Nancy", Directions: "Rez-de-chaussée sur cour."},
		team: []agenda{
			{practitioners.Practitioner{Name: "Jeanne Sève", ShortName: "Jeanne Sève", Speciality: "Ostéopathe D.O."}, []hours{
				{[]int{1, 3}, at(13, 30), at(18, 30)}, {[]int{5}, at(9, 0), at(12, 0)},
			}},
		},
		offer: []service{
			usual(service{share: 8, Service: catalog.Service{
				Name: "Séance d’ostéopathie", Minutes: 60, GridMinutes: 30, PriceCents: euros(65), Hue: 8,
				Instructions: "Venez en tenue souple.",
			}, reasons: []string{"Lombalgie", "Après une chute à vélo", "Torticolis"}}),
			usual(service{share: 2, newcomers: true, Service: catalog.Service{
				Name: "Première séance", Description: "Bilan compris", Minutes: 60, GridMinutes: 30, PriceCents: euros(70), Hue: 1, NoticeMinutes: 1440,
			}, reasons: []string{"Sur le conseil de mon médecin"}}),
		},
		notes: []string{"Revoir dans six semaines.", "Radio à rapporter."},
	}
}
