# Installs packages with apt: install NAMES, WISHED.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
set -e
names=$1
apt="apt-get -y -q -o DPkg::Lock::Timeout=60 -o Acquire::Retries=2"
# A machine that died while it installed packages has some half done.
dpkg --configure -a > /dev/null
$apt update
for name in $2; do
  ! apt-cache show "$name" > /dev/null 2>&1 || names="$names $name"
done
$apt install --no-install-recommends $names
