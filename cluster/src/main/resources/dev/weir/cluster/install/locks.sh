# Prints "NAME (process PID)" for the first process that holds a lock of the package manager.
PATH=$PATH:/usr/sbin:/sbin
for lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock \
  /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock; do
  [ -e "$lock" ] || continue
  inode=$(stat -c %i "$lock")
  # Lines such as "1: POSIX  ADVISORY  WRITE 4711 00:1f:2602 0 EOF".
  while read -r _ _ _ _ process place _; do
    [ "${place##*:}" = "$inode" ] && [ -e "/proc/$process/comm" ] || continue
    echo "$(cat "/proc/$process/comm") (process $process)"
    exit
  done < /proc/locks
done
for lock in /var/cache/dnf/*_lock.pid /var/lib/dnf/*_lock.pid /var/run/dnf*.pid /var/run/yum.pid; do
  process=$(cat "$lock" 2> /dev/null) && [ -n "$process" ] && [ -e "/proc/$process/comm" ] || continue
  echo "$(cat "/proc/$process/comm") (process $process)"
  exit
done
