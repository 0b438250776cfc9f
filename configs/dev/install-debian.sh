#!/bin/sh
# Installs Debian or Ubuntu packages, as root, without the servers among them
# being started, now or at the next boot: we want the programs, not a second
# service beside ours on ports that may belong to somebody.
set -eu

policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
no_cluster=$clusters/smartagenda.conf
had_redis=$(command -v redis-server || true)
our_policy=''

clean_up() {
  rm -f "$no_cluster" $our_policy
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# Package scripts ask policy-rc.d before they start a service; 101 forbids it.
# One that is there already belongs to the machine's owner and stays in force.
# Ours forbids only while this script lives, should it be killed.
if [ ! -e "$policy" ]; then
  our_policy=$policy
  printf '#!/bin/sh\n# Written by SmartAgenda while it installs packages; may be deleted.\nkill -0 %s 2>/dev/null && exit 101\nexit 0\n' $$ >"$policy"
  chmod 755 "$policy"
fi

# postgresql creates a cluster "main" that would start at each boot.
mkdir -p "$clusters"
echo 'create_main_cluster = false' >"$no_cluster"

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@"
}
# One broken source among many must not stop us: the install will tell.
apt update || echo 'Not every package list could be read; going on with those that are here.'
apt install -y --no-install-recommends "$@"

# Redis is told to start at each boot by its package; we undo that only where
# we brought it.
if [ -z "$had_redis" ] && command -v redis-server >/dev/null; then
  update-rc.d redis-server disable >/dev/null 2>&1 || true
  deb-systemd-helper disable redis-server.service >/dev/null 2>&1 || true
fi
