#!/bin/sh
# A Slurm of two nodes on this machine, in a folder of its own, for root alone.
#   cluster.sh check FOLDER                    says why there can be none, and fails then
#   cluster.sh start FOLDER PORT PORT1 PORT2   starts it, and waits until both nodes are idle
#   cluster.sh run FOLDER COMMAND…             runs one of Slurm's commands there
#   cluster.sh stop FOLDER                     ends all of it
#   cluster.sh disk FOLDER SIZE                makes a folder a disk of its own, or changes its size
#   cluster.sh nodisk FOLDER                   takes it away
set -eu
PATH=$PATH:/usr/sbin:/sbin
what=$1 folder=$2
shift 2
export SLURM_CONF="$folder/slurm.conf"

case $what in
run)
  exec "$@"
  ;;
check)
  for program in munged slurmctld slurmd sinfo runuser; do
    command -v "$program" >/dev/null || { echo "there is no $program"; exit 1; }
  done
  [ "$(id -u)" = 0 ] || { echo "only root can start it"; exit 1; }
  ;;
start)
  chmod 755 "$folder"
  mkdir -p "$folder/munge" "$folder/state" "$folder/spool/n1" "$folder/spool/n2" "$folder/log"
  head -c 1024 /dev/urandom >"$folder/munge/key"
  chown -R munge: "$folder/munge"
  chmod 400 "$folder/munge/key"
  sed -e "s|{FOLDER}|$folder|g" -e "s|{HOST}|$(hostname)|g" -e "s|{PORT}|$1|g" \
    -e "s|{PORT1}|$2|g" -e "s|{PORT2}|$3|g" "$(dirname "$0")/slurm.conf" >"$SLURM_CONF"
  runuser -u munge -- munged --socket="$folder/munge/socket" --key-file="$folder/munge/key" \
    --pid-file="$folder/munge/munged.pid" --log-file="$folder/munge/log" \
    --seed-file="$folder/munge/seed" --num-threads=2
  slurmctld
  slurmd -N n1
  slurmd -N n2
  tries=0
  until [ "$(sinfo --noheader --Node --states=idle 2>/dev/null | wc -l)" = 2 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { tail -n 20 "$folder"/log/*.log "$folder/munge/log"; exit 1; }
    sleep 0.3
  done
  ;;
disk)
  if mountpoint -q "$folder"; then mount -o "remount,size=$1" "$folder"
  else mount -t tmpfs -o "size=$1" neuromfa-test "$folder"
  fi
  ;;
nodisk)
  umount "$folder"
  ;;
stop)
  # The nodes first, so that nothing is started anew; munged last, which all others need.
  for file in slurmd-n1.pid slurmd-n2.pid slurmctld.pid munge/munged.pid; do
    [ -f "$folder/$file" ] || continue
    pid=$(cat "$folder/$file")
    kill "$pid" 2>/dev/null || continue
    tries=0
    while kill -0 "$pid" 2>/dev/null; do
      tries=$((tries + 1))
      [ "$tries" -lt 50 ] || { kill -9 "$pid" 2>/dev/null || true; break; }
      sleep 0.1
    done
  done
  ;;
esac
