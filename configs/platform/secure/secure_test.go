package secure

import "testing"

const masterHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

// master is a fixed master key, so that a failing test fails again.
func master(t *testing.T) Master {
	t.Helper()
	m, err := ParseMaster(masterHex)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func key(t *testing.T, tenant int64) Key {
	t.Helper()
	k, _ := master(t).NewKey(tenant)
	return k
}
