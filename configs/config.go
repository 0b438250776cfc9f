// Package configs turns the environment into a Config, and is the only place
// that reads it. It must not know what any part does with its settings.
package configs

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"smartagenda/configs/platform/secure"
)

// Config is every setting, SMARTAGENDA_<NAME> each; configs/example.env says
// what they mean.
type Config struct {
	Demo bool `env:"DEMO"`

	HTTPAddr       string   `env:"HTTP_ADDR" envDefault:"127.0.0.1:8080"`
	OpsAddr        string   `env:"OPS_ADDR" envDefault:"127.0.0.1:9090"`
	WorkerOpsAddr  string   `env:"WORKER_OPS_ADDR" envDefault:"127.0.0.1:9091"`
	BaseDomain     string   `env:"BASE_DOMAIN" envDefault:"smartagenda.localhost"`
	PublicURL      string   `env:"PUBLIC_URL"` // default: http, the base domain, the port of HTTPAddr
	TrustedProxies []string `env:"TRUSTED_PROXIES" envDefault:"127.0.0.1,::1"`

	DatabaseURL string `env:"DATABASE_URL"` // the migrator's
	AppURL      string `env:"DATABASE_APP_URL"`
	PlatformURL string `env:"DATABASE_PLATFORM_URL"`
	ConsoleURL  string `env:"DATABASE_CONSOLE_URL"`
	Pool        int    `env:"POOL" envDefault:"16"`
	RedisURL    string `env:"REDIS_URL"`
	MasterKey   string `env:"MASTER_KEY"`
	DataDir     string `env:"DATA_DIR" envDefault:".local/data"`
	Spares      int    `env:"SPARES" envDefault:"8"`

	// A minute and client: pages and answers, then what changes something.
	RateReads  int `env:"RATE_READS" envDefault:"600"`
	RateWrites int `env:"RATE_WRITES" envDefault:"60"`

	Mail Mail
	SMS  SMS

	LogFormat string `env:"LOG_FORMAT"` // "text" or "json"; by default text on a terminal
	LogLevel  string `env:"LOG_LEVEL" envDefault:"info"`
}

// Mail says where mail leaves.
type Mail struct {
	Addr     string `env:"SMTP_ADDR" envDefault:"127.0.0.1:25"`
	TLS      string `env:"SMTP_TLS" envDefault:"none"` // none, starttls or tls
	User     string `env:"SMTP_USER"`
	Password string `env:"SMTP_PASSWORD"`
}

// SMS says who carries SMS.
type SMS struct {
	Provider string `env:"SMS_PROVIDER" envDefault:"ovh"` // ovh or smsfactor
	URL      string `env:"SMS_URL"`                       // empty: the provider's own
	Sender   string `env:"SMS_SENDER" envDefault:"SmartAgenda"`
	Service  string `env:"SMS_SERVICE"`
	Key      string `env:"SMS_KEY"`
	Secret   string `env:"SMS_SECRET"`
	Consumer string `env:"SMS_CONSUMER"`
	Token    string `env:"SMS_TOKEN"`
}

const prefix = "SMARTAGENDA_"

// Load reads the process's environment.
func Load() (Config, error) { return parse(env.Options{Prefix: prefix}) }

func parse(o env.Options) (Config, error) {
	c, err := env.ParseAsWithOptions[Config](o)
	if err != nil {
		return Config{}, fmt.Errorf("configs: %w", err)
	}
	if c.PublicURL == "" {
		_, port, _ := net.SplitHostPort(c.HTTPAddr)
		c.PublicURL = "http://" + net.JoinHostPort(c.BaseDomain, port)
	}
	return c, c.check()
}

// check refuses what would only fail later, or be unsafe, in one error that
// names every setting at fault.
func (c Config) check() error {
	var bad []error
	wrong := func(name, why string) { bad = append(bad, fmt.Errorf("%s%s %s", prefix, name, why)) }
	for name, value := range map[string]string{"HTTP_ADDR": c.HTTPAddr, "OPS_ADDR": c.OpsAddr, "WORKER_OPS_ADDR": c.WorkerOpsAddr, "SMTP_ADDR": c.Mail.Addr} {
		if _, port, err := net.SplitHostPort(value); err != nil || !isPort(port) {
			wrong(name, "must be host:port")
		}
	}
	for name, value := range map[string]string{"DATABASE_URL": c.DatabaseURL, "DATABASE_APP_URL": c.AppURL,
		"DATABASE_PLATFORM_URL": c.PlatformURL, "DATABASE_CONSOLE_URL": c.ConsoleURL, "REDIS_URL": c.RedisURL} {
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "") {
			wrong(name, "is not an address such as postgres://login:password@host:port/name") // the value may hold a password
		}
	}
	if _, err := secure.ParseMaster(c.MasterKey); c.MasterKey != "" && err != nil {
		wrong("MASTER_KEY", "must be 32 bytes in hexadecimal or base64")
	}
	if u, err := url.Parse(c.PublicURL); err != nil || u.Hostname() != c.BaseDomain || u.Scheme != "http" && u.Scheme != "https" {
		wrong("PUBLIC_URL", "must be http or https on "+prefix+"BASE_DOMAIN")
	}
	if !c.Demo && strings.HasSuffix(c.BaseDomain, ".localhost") && c.Secure() {
		wrong("BASE_DOMAIN", "cannot be served with TLS")
	}
	if c.Pool < 1 || c.Pool > 20 {
		wrong("POOL", "must be from 1 to 20: more connections are slower")
	}
	if c.SMS.Provider != "ovh" && c.SMS.Provider != "smsfactor" {
		wrong("SMS_PROVIDER", "must be ovh or smsfactor")
	}
	return errors.Join(bad...)
}

// Need tells which of the named settings are empty, as one error.
func (c Config) Need(names ...string) error {
	have := map[string]string{"DATABASE_URL": c.DatabaseURL, "DATABASE_APP_URL": c.AppURL, "DATABASE_PLATFORM_URL": c.PlatformURL,
		"DATABASE_CONSOLE_URL": c.ConsoleURL, "REDIS_URL": c.RedisURL, "MASTER_KEY": c.MasterKey}
	var missing []error
	for _, n := range names {
		if have[n] == "" {
			missing = append(missing, fmt.Errorf("%s%s is not set", prefix, n))
		}
	}
	return errors.Join(missing...)
}

// Secure tells whether people reach us through TLS.
func (c Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https:") }

// Public splits the public address.
func (c Config) Public() (scheme, port string) {
	u, _ := url.Parse(c.PublicURL) // checked
	return u.Scheme, u.Port()
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n < 65536
}
