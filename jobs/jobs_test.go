package jobs_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/queue"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/sms"
	"smartagenda/configs/platform/web"
	"smartagenda/jobs"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

// station is a worker's inside: a house, a queue, carriers that catch.
type station struct {
	*tenantstest.World
	t      *testing.T
	a, b   tenants.Tenant
	redis  *redis.Client
	queue  *queue.Queue
	relay  jobs.Relay
	runner jobs.Runner
	box    *catcher.Box
	post   *jobs.Post
	wire   *wire
}

func newStation(t *testing.T) *station {
	t.Helper()
	s := &station{t: t, wire: &wire{}, redis: redistest.Open(t)}
	s.World, s.a, s.b = tenantstest.Pair(t)
	s.queue = queue.New(s.redis)
	s.relay = jobs.Relay{Control: s.Control, Queue: s.queue, Every: 50 * time.Millisecond, Stale: time.Minute}
	var err error
	if s.box, err = catcher.Open(catcher.Config{Clock: s.Clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.box.Close() })
	s.post = s.newPost()
	s.runner = jobs.Runner{Control: s.Control, Handlers: map[string]jobs.Handler{
		messages.KindSend:       func(ctx context.Context, j jobstore.Job) error { return s.post.Send(ctx, j) },
		messages.KindReceipt:    func(ctx context.Context, j jobstore.Job) error { return s.post.Receipt(ctx, j) },
		jobs.KindSweep:          jobs.Sweep(s.Control),
		professionals.KindCount: jobs.Count(s.Control),
	}}
	s.settleWelcomes()
	return s
}

func (s *station) newPost() *jobs.Post {
	s.t.Helper()
	texts, err := i18n.New(phone.Messages, secure.Messages, web.Messages, booking.Messages, messages.Messages)
	if err != nil {
		s.t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { s.t.Errorf("%s %s: %s", lang, key, why) }
	host, port, _ := net.SplitHostPort(s.box.SMTPAddr())
	n, _ := net.LookupPort("tcp", port)
	sender, err := mail.NewSender(mail.Config{Host: host, Port: n, TLS: mail.None, HELO: "test", Clock: s.Clock, Dial: s.wire.dial})
	if err != nil {
		s.t.Fatal(err)
	}
	carrier, err := sms.NewOVH(sms.OVHConfig{BaseURL: s.box.SMSURL(), AppKey: "k", AppSecret: "s", ConsumerKey: "c", Service: "sms-1"})
	if err != nil {
		s.t.Fatal(err)
	}
	sites := tenants.Sites{Scheme: "https", Domain: "smartagenda.test"}
	about, login := booking.Composer{Texts: texts, Sites: sites}, messages.ToMember{Texts: texts, Sites: sites}
	return &jobs.Post{Control: s.Control, Registry: s.Registry, Mail: sender, SMS: carrier, Desk: messages.Desk{
		Sites: sites, Sender: "SmartAgenda", Composers: map[messages.Kind]messages.Composer{
			messages.Confirmation: about, messages.Received: about, messages.Cancellation: about, messages.Reminder: about,
			messages.Reset: login, messages.Welcome: login,
		}}}
}

// settleWelcomes sends what creating the tenants put.
func (s *station) settleWelcomes() {
	s.t.Helper()
	s.drain()
	if n := len(s.box.List("")); n != 2 {
		s.t.Fatalf("%d welcomes were sent, want 2", n)
	}
}

// drain runs all that is due, without Redis in between.
func (s *station) drain() {
	s.t.Helper()
	for range 100 {
		due, err := jobstore.Take(s.t.Context(), s.Control, 50)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(due) == 0 {
			return
		}
		for _, j := range due {
			if err := s.runner.Run(s.t.Context(), j); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	s.t.Fatal("the work does not end")
}

// work relays and serves through Redis until nothing is waiting or enqueued.
func (s *station) work() {
	s.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { s.relay.Run(ctx) })
	wg.Go(func() {
		if err := queue.Serve(ctx, s.redis, 4, s.runner.Run); err != nil {
			s.t.Error(err)
		}
	})
	s.until(func() bool {
		return s.number("SELECT count(*) FROM platform.jobs WHERE state = 'enqueued' OR state = 'waiting' AND due_at <= '"+s.Clock.Now().Format(time.RFC3339)+"'") == 0
	})
	stop()
	wg.Wait()
}

func (s *station) until(done func() bool) {
	s.t.Helper()
	for range 400 {
		if done() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatal("it did not happen within 20 s")
}

func (s *station) number(query string) (n int) {
	s.t.Helper()
	db := postgrestest.Super(s.t, s.Address)
	defer db.Close()
	if err := db.QueryRow(strings.ReplaceAll(query, "$a", s.a.ID.Schema())).Scan(&n); err != nil {
		s.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// book makes an appointment eight days ahead, at the n-th slot of the day.
func (s *station) book(n int, change func(*booking.Request)) (a booking.Appointment) {
	s.t.Helper()
	paris, _ := calendar.LoadZone("Europe/Paris")
	r := booking.Request{Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada, Policy: 1,
		Start:  calendar.NewDate(2026, 12, 1).At(tenantstest.At("09:00"), paris).Add(time.Duration(n) * 20 * time.Minute),
		Person: patients.Draft{FirstName: "Camille", LastName: "Roussel", Email: "camille@exemple.fr", Phone: "06 12 34 56 78"}}
	if change != nil {
		change(&r)
	}
	s.In(s.t, s.a, func(ctx context.Context, sc postgres.Scope) (err error) {
		a, err = booking.Reserve(ctx, sc, r)
		return err
	})
	return a
}

func (s *station) caught(channel string) (n int) {
	for _, m := range s.box.List("") {
		if m.Channel == channel && m.Subject != "Votre agenda est prêt" {
			n++
		}
	}
	return n
}

// wire records what is written to mail servers.
type wire struct {
	mu   sync.Mutex
	sent strings.Builder
}

func (w *wire) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, addr)
	return tapped{c, w}, err
}

func (w *wire) messageIDs() (ids []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range strings.Split(w.sent.String(), "\r\n") {
		if id, ok := strings.CutPrefix(line, "Message-ID: "); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

type tapped struct {
	net.Conn
	w *wire
}

func (t tapped) Write(b []byte) (int, error) {
	t.w.mu.Lock()
	t.w.sent.Write(b)
	t.w.mu.Unlock()
	return t.Conn.Write(b)
}

func TestABookingIsAnnouncedThroughTheQueue(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	a := s.book(0, nil)
	s.work()
	mails := s.box.List("camille@exemple.fr")
	if len(mails) != 1 || mails[0].Subject != "Votre rendez-vous du mardi 1er décembre à 9h" || mails[0].Tenant != s.a.ID.String() {
		t.Fatalf("mails: %+v", mails)
	}
	for what, want := range map[string]string{
		mails[0].Text: "https://cabinet-a.smartagenda.test/m/" + a.Token, mails[0].HTML: "ardi 1er décembre 2026 à 9h",
		mails[0].Attachments[0].Content: "SEQUENCE:0", mails[0].Attachments[0].Type: "method=PUBLISH",
	} {
		if !strings.Contains(what, want) {
			t.Errorf("%q is missing in %.300s", want, what)
		}
	}
	texts := s.box.List("+33612345678")
	if len(texts) != 1 || !strings.Contains(texts[0].Text, "mardi 1er d") || strings.Contains(texts[0].Text, "Consultation") {
		t.Fatalf("SMS: %+v", texts)
	}
	if n := s.number("SELECT count(*) FROM $a.messages WHERE state = 'sent' AND kind = 'confirmation'"); n != 2 {
		t.Errorf("%d confirmations are marked sent, want 2", n)
	}
	s.Clock.Advance(2 * time.Minute) // a receipt is asked for
	s.drain()
	if n := s.number("SELECT count(*) FROM $a.messages WHERE state = 'delivered' AND channel = 'sms'"); n != 1 {
		t.Error("the receipt of the SMS is not recorded")
	}
}

func TestTheReminderLeavesADayBeforeAndOnce(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, nil)
	s.drain()
	before := s.caught("sms")
	s.Clock.Advance(7*24*time.Hour + 59*time.Minute) // 8:59 on the day before
	s.drain()
	if n := s.caught("sms"); n != before {
		t.Fatal("the reminder left too early")
	}
	s.Clock.Advance(time.Minute)
	s.drain()
	s.drain()
	if n := s.caught("sms"); n != before+1 {
		t.Errorf("%d reminders, want 1", n-before)
	}
}

func TestWhatWasCancelledIsNotConfirmed(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	a := s.book(0, nil)
	s.In(t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		_, err := booking.Cancel(ctx, sc, booking.Cancellation{Actor: booking.Visitor, Participation: a.Participation})
		return err
	})
	s.Clock.Advance(10 * 24 * time.Hour)
	s.Clock.SetOffset(0)
	s.drain()
	mails := s.box.List("camille@exemple.fr")
	if len(mails) != 1 || !strings.Contains(mails[0].Subject, "annulé") || !strings.Contains(mails[0].Attachments[0].Content, "METHOD:CANCEL") {
		t.Errorf("mails: %+v", mails)
	}
}

func TestTheMessageIsWrittenFromTheRowAsItIsWhenItLeaves(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, nil)
	s.number("WITH u AS (UPDATE $a.patients SET email = 'nouvelle@exemple.fr', mobile = '' RETURNING 1) SELECT count(*) FROM u")
	s.drain()
	if len(s.box.List("nouvelle@exemple.fr")) != 1 || s.caught("sms") != 0 || len(s.box.List("camille@exemple.fr")) != 0 {
		t.Errorf("caught: %+v", s.box.List(""))
	}
	if n := s.number("SELECT count(*) FROM $a.messages WHERE state = 'skipped' AND channel = 'sms' AND kind = 'confirmation'"); n != 1 {
		t.Error("the SMS without a number is not marked skipped")
	}
}

func TestRedisCanBeWiped(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	for i := range 6 {
		s.book(i, func(r *booking.Request) { r.Person.Phone = "" })
	}
	if err := s.relay.Once(t.Context()); err != nil { // all is in Redis
		t.Fatal(err)
	}
	if n, _ := s.queue.Depth(); n != 6 {
		t.Fatalf("%d tasks in Redis, want 6", n)
	}
	if err := s.redis.FlushDB(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(2 * time.Minute)
	if err := s.relay.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.work()
	if n := s.caught("mail"); n != 6 {
		t.Errorf("%d mails, want 6", n)
	}
}

func TestWhileRedisIsDownWorkWaits(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, func(r *booking.Request) { r.Person.Phone = "" })
	down := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	defer down.Close()
	broken := s.relay
	broken.Queue = queue.New(down)
	if err := broken.Once(t.Context()); err == nil {
		t.Fatal("enqueueing without Redis succeeded")
	}
	if n := s.number("SELECT count(*) FROM platform.jobs WHERE state = 'waiting' AND kind = 'messages.send' AND due_at <= '2026-11-23 07:00Z'"); n != 1 {
		t.Fatalf("%d jobs wait, want 1", n)
	}
	s.work()
	if n := s.caught("mail"); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

func TestReconcilingDoesNotDoubleWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, func(r *booking.Request) { r.Person.Phone = "" })
	if err := s.relay.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		s.Clock.Advance(2 * time.Minute)
		if err := s.relay.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.work()
	if n := s.caught("mail"); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

func TestADeliveryThatTheQueueGaveUpIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, func(r *booking.Request) { r.Person.Phone = "" })
	if err := s.relay.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	inspector := asynq.NewInspectorFromRedisClient(s.redis)
	if n, err := inspector.ArchiveAllPendingTasks("smartagenda"); err != nil || n != 1 {
		t.Fatalf("archived %d, %v", n, err)
	}
	s.Clock.Advance(2 * time.Minute)
	if err := s.relay.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.work()
	if n := s.caught("mail"); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

// killed runs every due job with a worker that dies where the carrier is
// called: kill -9 leaves the rows as they are then.
func (s *station) killed() {
	s.t.Helper()
	due, err := jobstore.Take(s.t.Context(), s.Control, 50)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, j := range due {
		j, _, err := jobstore.Begin(s.t.Context(), s.Control, j)
		if err != nil {
			s.t.Fatal(err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.runner.Handlers[j.Kind](s.t.Context(), j)
		}()
	}
}

// again delivers what died.
func (s *station) again() {
	s.t.Helper()
	s.Clock.Advance(2 * time.Minute)
	stale, err := jobstore.Stale(s.t.Context(), s.Control, s.Clock.Now().Add(-time.Minute), 50)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, j := range stale {
		if err := s.runner.Run(s.t.Context(), j); err != nil {
			s.t.Fatal(err)
		}
	}
	s.drain()
}

// dying is a carrier whose worker dies before or after the message left.
type dying struct {
	sms.Provider
	before bool
}

func (d dying) Send(ctx context.Context, m sms.Message) (sms.Receipt, error) {
	if !d.before {
		_, _ = d.Provider.Send(ctx, m)
	}
	panic("killed")
}

func TestAWorkerKilledAroundAnSMSLosesNothingAndSendsItOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		before bool
		caught int
		state  string
	}{
		{"after it left", false, 1, "sent"},
		// The provider knows of none: it stays unknown and is shown as such,
		// rather than sent twice.
		{"before it left", true, 0, "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStation(t)
			working := s.post.SMS
			s.post.SMS = dying{working, c.before}
			s.book(0, func(r *booking.Request) { r.Person.Email = "" })
			s.killed()
			s.post.SMS = working
			for range 8 {
				s.again()
			}
			if n := s.caught("sms"); n != c.caught {
				t.Errorf("%d SMS, want %d", n, c.caught)
			}
			if n := s.number("SELECT count(*) FROM $a.messages WHERE kind = 'confirmation' AND state IN ('" + c.state + "', 'delivered')"); n != 1 {
				t.Errorf("the message is not %s", c.state)
			}
			if n := s.number("SELECT count(*) FROM platform.jobs WHERE kind = 'messages.send' AND state IN ('enqueued', 'dead') OR kind = 'messages.send' AND state = 'waiting' AND due_at < '2026-11-29Z'"); n != 0 {
				t.Errorf("%d jobs are left", n)
			}
		})
	}
}

func TestAWorkerKilledAroundAMailSendsItAgainUnderTheSameName(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	already := len(s.wire.messageIDs())
	s.book(0, func(r *booking.Request) { r.Person.Phone = "" })
	s.box.AnswerWith(func(string) catcher.Answer { return catcher.Lose }) // taken, and the worker never knows
	s.killed()
	s.box.AnswerWith(nil)
	s.again()
	ids := s.wire.messageIDs()[already:]
	if len(ids) != 2 || ids[0] != ids[1] {
		t.Errorf("Message-IDs %v, want the same one twice", ids)
	}
	if n := s.number("SELECT count(*) FROM $a.messages WHERE kind = 'confirmation' AND state = 'sent'"); n != 1 {
		t.Error("the mail is not marked sent")
	}
}

func TestARefusalForNowIsTriedAgainAndOneForGoodIsNot(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, nil)
	s.box.FailNext(2)
	s.drain()
	if n := s.number("SELECT count(*) FROM $a.messages WHERE kind = 'confirmation' AND state = 'waiting'"); n != 2 {
		t.Fatalf("%d messages wait for another try, want 2", n)
	}
	s.Clock.Advance(2 * time.Minute)
	s.drain()
	if s.caught("mail") != 1 || s.caught("sms") != 1 {
		t.Errorf("caught %d mails and %d SMS, want one each", s.caught("mail"), s.caught("sms"))
	}
	s.box.AnswerWith(func(string) catcher.Answer { return catcher.Refuse })
	s.book(1, nil)
	s.drain()
	if n := s.number("SELECT count(*) FROM $a.messages WHERE kind = 'confirmation' AND state = 'failed' AND error = 'refused'"); n != 2 {
		t.Errorf("%d messages failed, want 2", n)
	}
	if n := s.number("SELECT count(*) FROM platform.jobs j JOIN $a.messages m ON m.id = j.ref WHERE j.kind = 'messages.send' AND m.state = 'failed' AND j.state <> 'done'"); n != 0 {
		t.Error("a job outlives its failed message")
	}
}

func TestAMailThatNobodyTakesIsGivenUpAtTheAppointment(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, func(r *booking.Request) { r.Person.Phone = "" })
	s.box.AnswerWith(func(string) catcher.Answer { return catcher.Later })
	for range 9 * 24 {
		s.drain()
		s.Clock.Advance(time.Hour)
	}
	if n := s.number("SELECT count(*) FROM $a.messages WHERE kind = 'confirmation' AND state IN ('failed', 'skipped', 'unknown')"); n != 1 {
		t.Error("a mail that nobody takes is never given up")
	}
}

func TestATerminatedHouseSendsNothing(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.book(0, nil)
	s.number("WITH u AS (UPDATE control.tenants SET status = 'terminated' RETURNING 1) SELECT count(*) FROM u")
	s.drain()
	if s.caught("mail")+s.caught("sms") != 0 {
		t.Error("a terminated house sent a message")
	}
}

func TestTheRunnerSettlesEveryOutcome(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	outcomes := map[string]struct {
		result error
		state  string
	}{
		"test.done": {nil, "done"}, "test.later": {jobstore.Later(time.Hour, "busy"), "waiting"}, "test.never": {jobstore.Never("gone"), "dead"},
		"test.error": {errors.New("boom"), "waiting"}, "test.unknown": {nil, "dead"}, "test.panic": {nil, "waiting"},
	}
	for kind, o := range outcomes {
		switch kind {
		case "test.unknown":
		case "test.panic":
			s.runner.Handlers[kind] = func(context.Context, jobstore.Job) error { panic("boom") }
		default:
			s.runner.Handlers[kind] = func(context.Context, jobstore.Job) error { return o.result }
		}
		if err := jobstore.PutFor(t.Context(), s.Control, jobstore.Job{Tenant: s.a.ID, Kind: kind, Ref: 1}, s.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	s.drain()
	for kind, o := range outcomes {
		if n := s.number("SELECT count(*) FROM platform.jobs WHERE kind = '" + kind + "' AND state = '" + o.state + "'"); n != 1 {
			t.Errorf("%s is not %s", kind, o.state)
		}
	}
	for range 12 {
		s.Clock.Advance(2 * time.Hour)
		s.drain()
	}
	if n := s.number("SELECT count(*) FROM platform.jobs WHERE kind IN ('test.error', 'test.panic') AND state = 'dead'"); n != 2 {
		t.Error("a job that always fails is never given up")
	}
}

func TestWorkPutAgainWhileItRunsIsDoneAgain(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	runs := 0
	put := func() {
		if err := jobstore.PutFor(t.Context(), s.Control, jobstore.Job{Tenant: s.a.ID, Kind: "test.twice", Ref: 1}, s.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	s.runner.Handlers["test.twice"] = func(context.Context, jobstore.Job) error {
		if runs++; runs == 1 {
			put() // something changed while we were at it
		}
		return nil
	}
	put()
	s.drain()
	if runs != 2 {
		t.Errorf("%d runs, want 2", runs)
	}
}

func TestTheNightIsSweptOnceADayForEachTenant(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	s.number("WITH i AS (INSERT INTO $a.signin_failures VALUES ('x', 1, '2026-01-01Z') RETURNING 1) SELECT count(*) FROM i")
	for range 2 { // two workers look
		if err := jobs.SweepOnce(t.Context(), s.Control); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.number("SELECT count(*) FROM platform.jobs WHERE kind = 'jobs.sweep' AND gen = 1"); n != 2 {
		t.Errorf("%d sweeps were put, want one for each tenant", n)
	}
	s.drain()
	if n := s.number("SELECT count(*) FROM $a.signin_failures"); n != 0 {
		t.Error("what had expired is still there")
	}
}
