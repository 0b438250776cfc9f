package demo

import (
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/practitioners"
)

// bellecour is a doctors' practice in Lyon.
func bellecour() house {
	return house{
		slug: "cabinet-bellecour", owner: "Hélène Marchand", status: tenants.Active, subscribed: "centre", opened: 930, filled: 80, faithful: 70,
		profile: catalog.Profile{
			Name: "Cabinet Bellecour", Trade: "Médecine générale", Brand: "#23508f", Person: catalog.Patient, Zone: "Europe/Paris",
			Presentation: "Deux médecins généralistes vous reçoivent sur rendez-vous, du lundi au samedi midi. Le cabinet suit les enfants dès la naissance et accueille de nouveaux patients.",
			Notice:       "Urgence vitale : appelez le 15 ou le 112. Ne prenez pas rendez-vous ici.",
			Phone:        "+33478001234", Email: "secretariat@cabinet-bellecour.test", RemindHours: 24, ConfirmBySMS: true, SMSSender: "Bellecour",
		},
		place: catalog.Location{
			Name: "Cabinet Bellecour", Street: "12 rue de la République", Postcode: "69002", City: "Lyon",
			Directions: "2e étage avec ascenseur. Métro Bellecour, lignes A et D. Entrée accessible en fauteuil.",
		},
		logins: []login{
			{members.Assistant, "Nadia Ferrand", 0},
			{members.Practitioner, "Karim Benali", 2},
			{members.Reader, "Lucile Bonnet", 0},
		},
		team: []agenda{
			{practitioners.Practitioner{Name: "Dr Hélène Marchand", ShortName: "Dr Marchand", Speciality: "Médecine générale, pédiatrie"}, []hours{
				{[]int{1, 2, 4, 5}, at(8, 30), at(12, 30)}, {[]int{2, 4}, at(14, 0), at(19, 0)}, {[]int{6}, at(9, 0), at(12, 0)},
			}},
			{practitioners.Practitioner{Name: "Dr Karim Benali", ShortName: "Dr Benali", Speciality: "Médecine générale, sport"}, []hours{
				{[]int{1, 3, 4, 5}, at(8, 30), at(12, 30)}, {[]int{1, 3, 5}, at(14, 0), at(19, 0)},
			}},
		},
		offer: bellecourOffer(),
		away: []away{
			{2, 10, at(14, 0), at(19, 0), "Formation"},
			{1, 17, at(0, 0), at(24, 0), "Congés"},
		},
		notes: []string{
			"Apporte les résultats du laboratoire.", "Préfère les fins de matinée.", "Prévenir en cas de retard.", "Malentend, parler de face.",
			"Vient avec sa fille.", "Carte Vitale à mettre à jour.", "Interprète prévu.", "Courrier du spécialiste à classer.",
		},
	}
}

func bellecourOffer() []service {
	return []service{
		usual(service{share: 60, Service: catalog.Service{
			Name: "Consultation", Description: "Suivi, renouvellement, nouveau symptôme", Minutes: 20, GridMinutes: 20, PriceCents: euros(30), Hue: 2,
			Instructions: "Apportez votre carte Vitale et vos ordonnances en cours.",
		}, reasons: []string{
			"Renouvellement, et une question sur le vaccin.", "Mal de dos depuis une semaine", "Renouvellement d’ordonnance", "Toux qui ne passe pas",
			"Fatigue", "Résultats de la prise de sang", "Suivi de tension", "Éruption sur les bras", "Douleur au genou en montant les escaliers",
			"Contrôle après l’hôpital", "Migraines plus fréquentes", "Suivi du diabète",
		}}),
		usual(service{share: 12, newcomers: true, Service: catalog.Service{
			Name: "Première consultation", Description: "Vous venez au cabinet pour la première fois", Minutes: 30, GridMinutes: 10, PriceCents: euros(30), Hue: 1,
			NoticeMinutes: 1440, Instructions: "Apportez votre carte Vitale, vos ordonnances et vos derniers résultats d’examens. Venez cinq minutes en avance.",
		}, reasons: []string{"Je viens d’emménager à Lyon.", "Changement de médecin traitant", "Mon médecin part à la retraite."}}),
		usual(service{share: 14, Service: catalog.Service{
			Name: "Vaccination", Description: "Apportez le vaccin et votre carnet de santé", Minutes: 10, GridMinutes: 10, PriceCents: euros(30), Hue: 8,
			Instructions: "Apportez le vaccin, gardé au frais, et votre carnet de santé.",
		}, reasons: []string{"Grippe", "Rappel DTP", "Vaccin des 12 mois", "Départ en voyage en janvier"}}),
		usual(service{share: 10, over: 16, remote: true, Service: catalog.Service{
			Name: "Téléconsultation", Description: "Par vidéo, patients déjà suivis au cabinet", Minutes: 15, GridMinutes: 10, PriceCents: euros(25), Hue: 3,
			NoticeMinutes: 60, CancelMinutes: 240, MoveMinutes: 240, Instructions: "Installez-vous au calme, avec une bonne connexion. Le médecin vous appelle à l’heure du rendez-vous.",
		}, reasons: []string{"Lecture des analyses", "Renouvellement", "Point après le traitement", "Arrêt de travail à prolonger"}}),
		usual(service{share: 10, by: []int{2}, over: 6, under: 60, Service: catalog.Service{
			Name: "Certificat d’aptitude sportive", Description: "Examen clinique compris", Minutes: 20, GridMinutes: 20, PriceCents: euros(30), Hue: 6,
			Mode: catalog.Request, NoticeMinutes: 2880, Instructions: "Venez en tenue de sport. Apportez le formulaire de votre fédération.",
		}, reasons: []string{"Licence d’aviron", "Marathon du printemps", "Judo", "Licence de football", "Course en montagne"}}),
		usual(service{share: 3, over: 75, Service: catalog.Service{
			Name: "Visite à domicile", Minutes: 45, GridMinutes: 15, AfterMinutes: 15, PriceCents: euros(40), Hue: 7, Mode: catalog.Internal,
		}, reasons: []string{"Ne peut pas se déplacer", "Sortie de l’hôpital"}}),
	}
}
