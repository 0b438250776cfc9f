package demo

import (
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// lumiere is a hairdresser's in Bordeaux, where colour needs time to clean up.
func lumiere() house {
	return house{
		slug: "salon-lumiere", owner: "Inès Carvalho", status: tenants.Active, subscribed: "centre", opened: 420, filled: 80, faithful: 75,
		profile: catalog.Profile{
			Name: "Salon Lumière", Trade: "Coiffure et couleur végétale", Heading: "Réserver un moment au salon", Brand: "#e8a0a8",
			Person: catalog.Client, Zone: "Europe/Paris",
			Presentation: "Un salon calme, des couleurs végétales, des ciseaux qui écoutent. Inès, Maël et Judith vous reçoivent du mardi au samedi.",
			Notice:       "Première visite ? Dites-le au moment de réserver : nous prévoyons dix minutes de plus.",
			Phone:        "+33536494567", Email: "bonjour@salon-lumiere.test", RemindHours: 24, ConfirmBySMS: true, SMSSender: "Lumiere",
		},
		place: catalog.Location{
			Name: "Salon Lumière", Street: "8 rue Sainte-Catherine", Postcode: "33000", City: "Bordeaux", Directions: "Tram B, arrêt Grand-Théâtre.",
		},
		team: []agenda{
			{practitioners.Practitioner{Name: "Inès", ShortName: "Inès", Speciality: "Couleur, chignon"}, []hours{
				{[]int{2, 3, 4, 5}, at(9, 30), at(12, 30)}, {[]int{2, 3, 4, 5}, at(13, 30), at(17, 30)}, {[]int{6}, at(9, 0), at(12, 30)}, {[]int{6}, at(13, 30), at(18, 0)},
			}},
			{practitioners.Practitioner{Name: "Maël", ShortName: "Maël", Speciality: "Coupe courte, barbe"}, []hours{
				{[]int{2, 4, 5}, at(11, 0), at(14, 30)}, {[]int{2, 4, 5}, at(15, 30), at(19, 0)}, {[]int{6}, at(9, 0), at(13, 30)}, {[]int{6}, at(14, 30), at(18, 0)},
			}},
			{practitioners.Practitioner{Name: "Judith", ShortName: "Judith", Speciality: "Boucles et cheveux crépus"}, []hours{
				{[]int{3, 5}, at(9, 30), at(14, 0)}, {[]int{3, 5}, at(15, 0), at(19, 0)}, {[]int{6}, at(9, 0), at(13, 0)},
			}},
		},
		offer: lumiereOffer(),
		away: []away{
			{3, 9, at(0, 0), at(24, 0), "Congé"},
			{0, 32, at(0, 0), at(24, 0), "Salon fermé"},
		},
		notes: []string{
			"Cuir chevelu sensible.", "Même formule qu’en septembre.", "Offrir un thé, vient de loin.", "Toujours dix minutes de retard.",
			"Photo du modèle reçue.", "Règle avec une carte cadeau.", "Allergique à la camomille.",
		},
	}
}

func lumiereOffer() []service {
	return []service{
		usual(service{share: 34, over: 12, Service: catalog.Service{
			Name: "Coupe et brushing", Description: "Shampooing et conseil compris", Minutes: 45, GridMinutes: 15, PriceCents: euros(39), Hue: 5,
		}, reasons: []string{"Raccourcir de cinq centimètres", "Frange à refaire", "Carré", "Juste les pointes"}}),
		usual(service{share: 26, over: 12, Service: catalog.Service{
			Name: "Coupe courte", Minutes: 30, GridMinutes: 15, PriceCents: euros(26), Hue: 2,
		}, reasons: []string{"Dégradé sur les côtés", "Coupe et tour d’oreilles", "Comme la dernière fois"}}),
		usual(service{share: 20, over: 16, by: []int{1, 3}, Service: catalog.Service{
			Name: "Couleur végétale", Description: "Test de tolérance 48 heures avant, offert", Minutes: 120, AfterMinutes: 15, GridMinutes: 15, PriceCents: euros(78), Hue: 6,
			NoticeMinutes: 2880, CancelMinutes: 2880, MoveMinutes: 2880, Mode: catalog.Request,
			Instructions: "Passez au salon deux jours avant pour le test de tolérance. Venez les cheveux secs, sans produit.",
		}, reasons: []string{"Couvrir les cheveux blancs", "Reflets cuivrés", "Revenir à ma couleur"}}),
		usual(service{share: 5, over: 16, by: []int{1}, Service: catalog.Service{
			Name: "Chignon, cérémonie", Description: "Essai sur rendez-vous séparé", Minutes: 75, GridMinutes: 15, PriceCents: euros(65), Hue: 4,
			NoticeMinutes: 2880, Mode: catalog.Request, Instructions: "Lavez vos cheveux la veille. Apportez vos accessoires.",
		}, reasons: []string{"Mariage de ma sœur", "Gala de fin d’année"}}),
		usual(service{share: 15, under: 12, Service: catalog.Service{
			Name: "Coupe enfant (moins de 12 ans)", Minutes: 20, GridMinutes: 15, PriceCents: euros(18), Hue: 1,
		}, reasons: []string{"N’aime pas la tondeuse", "Première coupe"}}),
	}
}
