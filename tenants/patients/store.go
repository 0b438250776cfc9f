package patients

import (
	"context"
	"database/sql"
	"strings"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
)

// Get reads one file. A restricted or erased person is read too: it is for
// the caller to show nothing of them.
func Get(ctx context.Context, s postgres.Scope, id int64) (Patient, error) {
	var p Patient
	err := s.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(ctx)
	return p, postgres.Found(err, "patients.unknown")
}

// Add keeps a new file and gives its id.
func Add(ctx context.Context, s postgres.Scope, p Patient) (int64, error) {
	p.CreatedAt = s.Now()
	_, err := s.DB().NewInsert().Model(&p).Exec(ctx)
	return p.ID, err
}

// Search lists at most limit people whose folded name holds every word of the
// question, or whose phone or mail holds it.
func Search(ctx context.Context, s postgres.Scope, question string, limit int) (list []Patient, err error) {
	q := s.DB().NewSelect().Model(&list).Where("erased_at IS NULL AND restricted_at IS NULL").
		Order("find_key", "id").Limit(int64(limit))
	words := strings.Fields(i18n.Fold(question))
	if digits := digitsOf(question); len(digits) >= 4 {
		q = q.Where("mobile LIKE ?0 OR phone LIKE ?0", "%"+strings.TrimPrefix(digits, "0")+"%")
	} else if strings.Contains(question, "@") {
		q = q.Where("email LIKE ?", "%"+escapeLike(strings.ToLower(strings.TrimSpace(question)))+"%")
	} else {
		for _, w := range words {
			q = q.Where("find_key LIKE ?", "%"+escapeLike(w)+"%")
		}
	}
	return list, q.Scan(ctx)
}

func digitsOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if !strings.ContainsRune(" .+-", r) {
			return ""
		}
	}
	return b.String()
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func escapeLike(s string) string { return likeEscaper.Replace(s) }

func rectify(ctx context.Context, s postgres.Scope, id int64, p Patient) error {
	_, err := s.DB().ExecContext(ctx, `UPDATE patients SET (title, first_name, last_name, email, mobile, phone, company, street,
		postcode, city, find_key) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`,
		p.Title, p.FirstName, p.LastName, p.Email, p.Mobile, p.Phone, p.Company, p.Street, p.Postcode, p.City, p.FindKey, id)
	return err
}

func erase(ctx context.Context, s postgres.Scope, id int64) (int, error) {
	return touched(s.DB().ExecContext(ctx, `UPDATE patients SET (title, first_name, last_name, birth_name, born_on, email, mobile,
		phone, company, street, postcode, city, find_key, erased_at) = ('', '', '', '', NULL, '', '', '', '', '', '', '', '', ?)
		WHERE id = ? AND erased_at IS NULL`, s.Now(), id))
}

func restrict(ctx context.Context, s postgres.Scope, id int64) (int, error) {
	return touched(s.DB().ExecContext(ctx, "UPDATE patients SET restricted_at = coalesce(restricted_at, ?) WHERE id = ?", s.Now(), id))
}

func touched(res sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
