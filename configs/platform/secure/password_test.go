package secure

import (
	"context"
	"errors"
	"strings"
	"testing"

	"smartagenda/configs/platform/i18n"
)

func TestPasswordIsVerifiedAgainstItsHash(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	phc, err := Hash(ctx, "café au lait sucré")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q", phc)
	}
	for password, want := range map[string]bool{
		"café au lait sucré":               true,
		"cafe\u0301 au lait sucre\u0301":   true, // the same text, decomposed
		"cafe au lait sucre":               false,
		"café au lait sucré ":              false,
		"":                                 false,
		strings.Repeat("café au lait", 50): false,
	} {
		if ok, err := Verify(ctx, phc, password); err != nil || ok != want {
			t.Errorf("Verify(%q) = %v, %v, want %v", password, ok, err, want)
		}
	}
	if again, err := Hash(ctx, "café au lait sucré"); err != nil || again == phc {
		t.Errorf("two hashes share a salt, %v", err)
	}
	if NeedsRehash(phc) {
		t.Error("a fresh hash needs rehashing")
	}
}

// The reference implementation's answer for "password", salt "somesalt".
const older = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"

func TestHashOfOtherSettingsIsReadAndRenewed(t *testing.T) {
	t.Parallel()
	if ok, err := Verify(t.Context(), older, "password"); err != nil || !ok {
		t.Errorf("Verify = %v, %v", ok, err)
	}
	if !NeedsRehash(older) {
		t.Error("an old hash is kept")
	}
}

func TestDamagedHashIsNoHash(t *testing.T) {
	t.Parallel()
	for _, phc := range []string{
		"", "$", "$$$$$", "password",
		strings.Replace(older, "argon2id", "argon2i", 1),
		strings.Replace(older, "v=19", "v=16", 1),
		strings.Replace(older, "m=256", "m=4294967295", 1),
		strings.Replace(older, "m=256", "m=+256", 1),
		strings.Replace(older, "m=256", "m= 256", 1),
		strings.Replace(older, "t=2", "t=0", 1),
		strings.Replace(older, "t=2", "t=2000000000", 1),
		strings.Replace(older, "p=1", "p=0", 1),
		strings.Replace(older, "p=1", "p=1,x=2", 1),
		strings.Replace(older, "c29tZXNhbHQ", "c29t", 1),
		strings.Replace(older, "i/4", "i/4=", 1),
		strings.TrimSuffix(older, "i/4"),
		older + "$",
	} {
		if ok, err := Verify(t.Context(), phc, "password"); ok || !errors.Is(err, ErrHash) {
			t.Errorf("Verify(%q) = %v, %v", phc, ok, err)
		}
		if !NeedsRehash(phc) {
			t.Errorf("%q is kept", phc)
		}
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(older)
	f.Add("$argon2id$v=19$m=1,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, phc string) {
		c, salt, sum, err := parsePHC(phc)
		if err == nil && (!c.sane() || len(salt) < 8 || len(sum) != hashSize) {
			t.Errorf("%q gave %+v, %d, %d", phc, c, len(salt), len(sum))
		}
	})
}

// Not parallel: it holds both slots.
func TestThirdComputationWaitsUntilItsContextEnds(t *testing.T) {
	if err := running.Acquire(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	answers := make(chan error, 3)
	go func() { _, err := Hash(ctx, "x"); answers <- err }()
	go func() { _, err := Verify(ctx, older, "x"); answers <- err }()
	go func() { answers <- VerifyNobody(ctx, "x") }()
	select {
	case err := <-answers:
		t.Errorf("a third ran beside two: %v", err)
	default:
	}
	cancel()
	for range 3 {
		if err := <-answers; !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	}
	running.Release(2)
	if err := VerifyNobody(t.Context(), "x"); err != nil {
		t.Errorf("a free slot was refused: %v", err)
	}
}

func TestNewPasswordIsJudged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		password, login string
		want            error
	}{
		{"demo-smartagenda-2026", "owner@salon-lumiere.test", TooEasy},
		{"le chat dort au soleil", "", nil},
		{"éàùçîôœ€æß12", "", nil},
		{"onze lettre", "", TooShort},
		{"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "", TooShort}, // seven, decomposed
		{strings.Repeat("abcdé", 40), "", nil},
		{strings.Repeat("abcdé", 40) + "x", "", TooLong},
		{"Motdepasse123", "", TooEasy},
		{" azertyuiop123 ", "", TooEasy},
		{"aaaaaaaaaaaaaa", "", TooEasy},
		{"abababababababab", "", TooEasy},
		{"314159265358", "", TooEasy},
		{"Camille.Durand@exemple.fr", "camille.durand@exemple.fr", IsLogin},
		{"camille.durand", "Camille.Durand@exemple.fr", IsLogin},
		{"camille.durand2", "camille.durand@exemple.fr", nil},
	} {
		err := CheckPassword(c.password, c.login)
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("CheckPassword(%q, %q) = %v, want %v", c.password, c.login, err, c.want)
		}
	}
}

func TestCommonPasswordsAreLongEnoughToMatter(t *testing.T) {
	t.Parallel()
	if len(common) < 100 {
		t.Errorf("%d common passwords", len(common))
	}
	for password := range common {
		if !errors.Is(CheckPassword(password, ""), TooEasy) {
			t.Errorf("%q is listed in vain", password)
		}
	}
}

func TestEveryWeaknessHasASentence(t *testing.T) {
	t.Parallel()
	b, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	b.OnMissing = func(lang, key, why string) { t.Errorf("%s %s: %s", lang, key, why) }
	for _, w := range []Weakness{TooShort, TooLong, TooEasy, IsLogin} {
		if got := b.In("fr").T(w.Error()); !strings.HasSuffix(got, ".") {
			t.Errorf("%s is said %q", w, got)
		}
	}
}
