package demo

import (
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// lingua is a language school in Nantes, where pupils keep their teacher.
func lingua() house {
	return house{
		slug: "ecole-lingua", owner: "Isabel Duarte", status: tenants.Active, subscribed: "centre", opened: 640, filled: 76, faithful: 100,
		profile: catalog.Profile{
			Name: "École Lingua", Trade: "Cours de langues", Heading: "Réserver un cours", Brand: "#3d6b4f", Person: catalog.Pupil, Zone: "Europe/Paris",
			Presentation: "Anglais, espagnol, portugais, allemand et mandarin, en cours particulier, avec des professeurs qui parlent leur langue maternelle. Enfants dès 7 ans.",
			Notice:       "Le bilan de niveau est offert : commencez par là si vous hésitez.",
			Phone:        "+33261912030", Email: "accueil@ecole-lingua.test", RemindHours: 24, ConfirmBySMS: true, SMSSender: "Lingua",
		},
		place: catalog.Location{
			Name: "École Lingua", Street: "3 rue Kervégan", Postcode: "44000", City: "Nantes", Directions: "1er étage, sonnez à « Lingua ». Tram 1, arrêt Bouffay.",
		},
		team: []agenda{
			{practitioners.Practitioner{Name: "Isabel Duarte", ShortName: "Isabel", Speciality: "Espagnol, portugais"}, []hours{
				{[]int{2, 4}, at(14, 0), at(20, 0)}, {[]int{3}, at(13, 30), at(18, 30)}, {[]int{6}, at(9, 0), at(13, 0)},
			}},
			{practitioners.Practitioner{Name: "James Whitfield", ShortName: "James", Speciality: "Anglais"}, []hours{
				{[]int{1, 2, 4}, at(15, 0), at(20, 0)}, {[]int{3}, at(9, 0), at(12, 0)}, {[]int{3}, at(13, 30), at(18, 30)}, {[]int{6}, at(9, 0), at(13, 0)},
			}},
			{practitioners.Practitioner{Name: "Katrin Vogel", ShortName: "Katrin", Speciality: "Allemand"}, []hours{
				{[]int{1, 3, 5}, at(15, 0), at(20, 0)},
			}},
			{practitioners.Practitioner{Name: "Chen Meilin", ShortName: "Meilin", Speciality: "Mandarin"}, []hours{
				{[]int{2, 5}, at(14, 0), at(20, 0)},
			}},
		},
		offer: linguaOffer(),
		away: []away{
			{2, 8, at(15, 0), at(20, 0), "Jury d’examen"},
			{4, 21, at(0, 0), at(24, 0), "Congé"},
		},
		notes: []string{
			"Reprendre le subjonctif.", "Niveau B1 atteint en octobre.", "Apporte son propre manuel.", "Facture à l’entreprise.",
			"Très timide à l’oral, laisser le temps.", "Vise le niveau C1 en juin.", "Parents à rappeler pour le bilan.",
		},
	}
}

func linguaOffer() []service {
	return []service{
		usual(service{share: 50, over: 13, Service: catalog.Service{
			Name: "Cours particulier", Description: "Une heure en tête-à-tête, à votre rythme", Minutes: 60, GridMinutes: 30, PriceCents: euros(38), Hue: 8,
			Instructions: "Apportez votre cahier et le dernier exercice.",
		}, reasons: []string{"Entretien d’embauche la semaine prochaine", "Voyage à Séville en mars", "Travailler la prononciation", "Lire la presse", "Réunion d’équipe à préparer"}}),
		usual(service{share: 22, over: 7, under: 13, Service: catalog.Service{
			Name: "Cours enfant (7 à 12 ans)", Description: "Jeux, chansons et premières phrases", Minutes: 45, GridMinutes: 15, PriceCents: euros(28), Hue: 6,
		}, reasons: []string{"Contrôle lundi", "A manqué deux cours à l’école"}}),
		usual(service{share: 16, over: 13, Service: catalog.Service{
			Name: "Conversation", Description: "Sur place ou par vidéo", Minutes: 45, GridMinutes: 15, PriceCents: euros(30), Hue: 1,
		}, reasons: []string{"Par vidéo, si possible", "Parler de cinéma"}}),
		usual(service{share: 12, over: 15, Service: catalog.Service{
			Name: "Préparation aux examens", Description: "Cambridge, TOEIC, DELE, Goethe, HSK", Minutes: 90, GridMinutes: 30, AfterMinutes: 15, PriceCents: euros(54), Hue: 3,
			NoticeMinutes: 1440, Mode: catalog.Request, Instructions: "Indiquez l’examen et sa date dans le motif.",
		}, reasons: []string{"TOEIC en janvier", "DELE B2, session de mai", "Goethe-Zertifikat C1", "HSK 3"}}),
		usual(service{share: 10, newcomers: true, over: 7, Service: catalog.Service{
			Name: "Bilan de niveau", Description: "Offert, sans engagement", Minutes: 30, GridMinutes: 30, Hue: 5, NoticeMinutes: 720,
		}, reasons: []string{"Jamais fait d’allemand", "Reprendre l’anglais après dix ans"}}),
	}
}
