package configs

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/caarlos0/env/v11"
)

func load(t *testing.T, changes map[string]string) (Config, error) {
	t.Helper()
	environment := map[string]string{}
	for k, v := range changes {
		environment[prefix+k] = v
	}
	return parse(env.Options{Prefix: prefix, Environment: environment})
}

func TestDefaultsAreAccepted(t *testing.T) {
	t.Parallel()
	c, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.PublicURL != "http://smartagenda.localhost:8080" || c.Secure() || c.Demo || c.Pool != 16 {
		t.Errorf("defaults: %+v", c)
	}
	if scheme, port := c.Public(); scheme != "http" || port != "8080" {
		t.Errorf("public: %s %s", scheme, port)
	}
}

func TestWrongSettingsAreNamedAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"HTTP_ADDR": "8080", "OPS_ADDR": "x:y", "SMTP_ADDR": "mail.example", "DATABASE_URL": "s3cret@nowhere", "REDIS_URL": "s3cret",
		"MASTER_KEY": "s3cret", "PUBLIC_URL": "https://elsewhere.example", "POOL": "64", "SMS_PROVIDER": "pigeon", "RATE_READS": "many",
	} {
		_, err := load(t, map[string]string{name: value})
		if err == nil || !strings.Contains(err.Error(), name) && !strings.Contains(err.Error(), "RateReads") {
			t.Errorf("%s=%s: got %v, want an error that names it", name, value, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error repeats what may be a secret: %v", name, err)
		}
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, err := load(t, map[string]string{"HTTP_ADDR": "x", "POOL": "0"})
	if err == nil || !strings.Contains(err.Error(), "HTTP_ADDR") || !strings.Contains(err.Error(), "POOL") {
		t.Errorf("got %v, want both", err)
	}
}

func TestNeedNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	c, err := load(t, map[string]string{"REDIS_URL": "redis://127.0.0.1:1/0"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Need("REDIS_URL"); err != nil {
		t.Errorf("given: %v", err)
	}
	if err := c.Need("REDIS_URL", "MASTER_KEY"); err == nil || !strings.Contains(err.Error(), "SMARTAGENDA_MASTER_KEY is not set") {
		t.Errorf("missing: %v", err)
	}
}

func TestEverySettingIsInTheExampleAndNoOther(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("example.env")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#?SMARTAGENDA_([A-Z_]+)=`).FindAllStringSubmatch(string(example), -1) {
		listed[m[1]] = true
	}
	for _, name := range names(reflect.TypeFor[Config]()) {
		if !listed[name] {
			t.Errorf("SMARTAGENDA_%s is not in example.env", name)
		}
		delete(listed, name)
	}
	for name := range listed {
		t.Errorf("SMARTAGENDA_%s is in example.env and nowhere else", name)
	}
}

func names(t reflect.Type) (all []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type.Kind() == reflect.Struct {
			all = append(all, names(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("env"), ",")
		all = append(all, name)
	}
	return all
}
