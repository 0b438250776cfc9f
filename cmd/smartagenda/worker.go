package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/ops"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue"
	"smartagenda/configs/platform/sms"
	"smartagenda/jobs"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

type workerCommand struct{}

// concurrency is how many jobs one worker runs at once: they mostly wait for
// carriers.
const concurrency = 10

// Run works until ctx ends, then lets running jobs finish.
func (workerCommand) Run(ctx context.Context, cfg configs.Config) error {
	if err := cfg.Need("DATABASE_URL"); err != nil {
		return err
	}
	p, err := open(ctx, cfg, "worker")
	if err != nil {
		return err
	}
	defer p.close()
	m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: cfg.DatabaseURL, Size: 2, Name: "smartagenda worker"})
	if err != nil {
		return err
	}
	defer m.Close()
	runner, err := p.runner(m)
	if err != nil {
		return err
	}
	if err := ops.Serve(ctx, cfg.WorkerOpsAddr, p.metrics, p.checks()); err != nil {
		return taken(err, "SMARTAGENDA_WORKER_OPS_ADDR")
	}
	jobs.Measure(p.metrics, p.control, p.queue)
	var wg sync.WaitGroup
	wg.Go(func() {
		jobs.Relay{Control: p.control, Queue: p.queue, Every: 2 * time.Second, Stale: 2 * time.Minute}.Run(ctx)
	})
	wg.Go(func() { jobs.Schedule{Control: p.control, Migrator: m, Spares: cfg.Spares}.Run(ctx) })
	slog.InfoContext(ctx, "working", "concurrency", concurrency)
	err = queue.Serve(ctx, p.redis, concurrency, runner.Run)
	wg.Wait()
	return err
}

// runner joins each kind of job with what does it.
func (p *program) runner(m *postgres.Migrator) (jobs.Runner, error) {
	sender, err := p.mailer()
	if err != nil {
		return jobs.Runner{}, err
	}
	carrier, err := p.carrier()
	if err != nil {
		return jobs.Runner{}, err
	}
	about := booking.Composer{Texts: p.texts, Sites: p.sites}
	login := messages.ToMember{Texts: p.texts, Sites: p.sites}
	post := jobs.Post{Control: p.control, Registry: p.registry, Mail: sender, SMS: carrier, Desk: messages.Desk{
		Sites: p.sites, Sender: p.cfg.SMS.Sender,
		Composers: map[messages.Kind]messages.Composer{
			messages.Confirmation: about, messages.Received: about, messages.Cancellation: about, messages.Reminder: about, messages.Closing: about,
			messages.Reset: login, messages.Welcome: login,
		},
	}}
	owner := messages.ToOwner{Texts: p.texts, Sites: p.sites}
	for _, k := range messages.OwnerKinds() {
		post.Desk.Composers[k] = owner
	}
	ours := jobs.StaffPost{Control: p.control, Keys: p.keys, Mail: sender, Texts: p.texts, Sites: p.sites}
	desk := provisioning.Desk{Control: p.control, Keys: p.keys}
	eraser := provisioning.Eraser{Desk: desk, Migrator: m}
	return jobs.Runner{Control: p.control, Handlers: map[string]jobs.Handler{
		messages.KindSend: post.Send, messages.KindReceipt: post.Receipt,
		provisioning.KindOpen: jobs.OpenTenant(desk), provisioning.KindFarewell: desk.Tell, provisioning.KindCountdown: desk.CountDown,
		provisioning.KindPurge: jobs.Purge(eraser), jobs.KindSweep: jobs.Sweep(p.control), jobs.KindSeal: jobs.Seal(p.control),
		professionals.KindCount: jobs.Count(p.control), staff.KindLink: ours.Link,
		subscriptions.KindReview: jobs.ReviewSubscription(p.control), subscriptions.KindTell: jobs.TellOwner(p.control),
	}}, nil
}

func (p *program) mailer() (*mail.Sender, error) {
	host, port, _ := net.SplitHostPort(p.cfg.Mail.Addr) // checked by configs
	n, _ := strconv.Atoi(port)
	return mail.NewSender(mail.Config{Host: host, Port: n, TLS: mail.TLS(p.cfg.Mail.TLS), User: p.cfg.Mail.User,
		Password: p.cfg.Mail.Password, HELO: p.cfg.BaseDomain, Clock: p.control.Clock()})
}

func (p *program) carrier() (sms.Provider, error) {
	c := p.cfg.SMS
	switch c.Provider {
	case "ovh":
		if p.cfg.Demo { // the catcher takes any account
			c.Service, c.Key, c.Secret, c.Consumer = "sms-demo-1", "demo", "demo", "demo"
		}
		return sms.NewOVH(sms.OVHConfig{BaseURL: c.URL, AppKey: c.Key, AppSecret: c.Secret, ConsumerKey: c.Consumer, Service: c.Service})
	case "smsfactor":
		return sms.NewSMSFactor(sms.SMSFactorConfig{BaseURL: c.URL, Token: c.Token})
	}
	return nil, fmt.Errorf("no SMS provider %q", c.Provider)
}
