package web

import (
	"bytes"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Client is the address of whoever sent the request. Behind a trusted proxy it
// is the last address in X-Forwarded-For that is not a trusted proxy itself:
// what stands further left the client may have written.
func Client(c *fiber.Ctx) string {
	peer := c.Context().RemoteIP().String()
	if !c.IsProxyTrusted() {
		return peer
	}
	// A proxy may add to the client's header or add one of its own.
	lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor)
	hops := strings.Split(string(bytes.Join(lines, []byte(","))), ",")
	trusted := c.App().Config().TrustedProxies
	for i := len(hops) - 1; i >= 0; i-- {
		ip, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		peer = ip.Unmap().String()
		if !among(peer, trusted) {
			break
		}
	}
	return peer
}

func among(ip string, proxies []string) bool {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return false
	}
	for _, p := range proxies {
		if prefix, err := netip.ParsePrefix(p); err == nil && prefix.Contains(address) || p == ip {
			return true
		}
	}
	return false
}
