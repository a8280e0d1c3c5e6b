# Installs packages with dnf: install NAMES.
export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
dnf -y -q install $1
