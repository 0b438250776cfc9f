package catcher_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/sms"
)

func TestBoxFindsItsMessagesAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "messages.jsonl")
	first, err := catcher.Open(catcher.Config{File: file, Clock: clock.Fixed(noon)})
	if err != nil {
		t.Fatal(err)
	}
	if err := post(t, first, letter("camille@exemple.fr")); err != nil {
		t.Fatal(err)
	}
	if _, err := phone(t, first).Send(t.Context(), note("12:m-7")); err != nil {
		t.Fatal(err)
	}
	before := first.List("")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	appendTo(t, file, `{"id":"3","to":"half`) // a kill in the middle of a line

	second := open(t, file)
	if after := second.List(""); !reflect.DeepEqual(after, before) {
		t.Errorf("found %+v, want %+v", after, before)
	}
	if state, err := phone(t, second).Status(t.Context(), sms.Sent{Ref: "12:m-7"}); err != nil || state != sms.Delivered {
		t.Errorf("the SMS is %s, %v", state, err)
	}
	if err := post(t, second, letter("zoe@exemple.fr")); err != nil {
		t.Fatal(err)
	}
	if got := second.List("zoe@exemple.fr"); len(got) != 1 || got[0].ID != "3" {
		t.Errorf("next message %+v", got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the file: %v, %v", info.Mode(), err)
	}
}

func appendTo(t *testing.T, file, text string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestBoxForgetsTheOldest(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "messages.jsonl")
	var lines strings.Builder
	for i := range 600 {
		fmt.Fprintf(&lines, `{"id":"%d","channel":"sms","to":"+33612345678"}`+"\n", i+1)
	}
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, file)
	if all := b.List(""); len(all) != 500 || all[0].ID != "600" || all[499].ID != "101" {
		t.Fatalf("%d messages", len(all))
	}
	if _, err := phone(t, b).Send(t.Context(), note("x")); err != nil {
		t.Fatal(err)
	}
	if all := b.List(""); len(all) != 500 || all[0].ID != "601" || all[499].ID != "102" {
		t.Errorf("%d messages, %s to %s", len(all), all[0].ID, all[len(all)-1].ID)
	}
	content, err := os.ReadFile(file)
	if err != nil || strings.Count(string(content), "\n") != 501 {
		t.Errorf("the file has %d lines, %v", strings.Count(string(content), "\n"), err)
	}
}

func TestBoxListensOnLoopbackAlone(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "nowhere"} {
		for _, c := range []catcher.Config{{SMTPAddr: addr}, {SMSAddr: addr}} {
			if b, err := catcher.Open(c); err == nil {
				_ = b.Close()
				t.Errorf("listens on %q", addr)
			}
		}
	}
	if b, err := catcher.Open(catcher.Config{File: t.TempDir()}); err == nil {
		_ = b.Close()
		t.Error("a folder was taken for a file")
	}
}

func TestClosedBoxAnswersNoMore(t *testing.T) {
	t.Parallel()
	b, err := catcher.Open(catcher.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{b.SMTPAddr(), strings.TrimSuffix(strings.TrimPrefix(b.SMSURL(), "http://"), "/1.0")} {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			t.Errorf("%s still listens", addr)
		}
	}
	if err := b.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}
