#!/bin/bash
# Process 1 of namespaces of their own: runs a program, and ends with it, or when standard input ends, because the test
# did. The kernel then ends whatever is left and takes the mounts away.
mount --make-rprivate /
exec 3<&0
"$@" < /dev/null 3<&- &
program=$!
cat <&3 > /dev/null &
wait -n -p ended "$program" $!
status=$?
[ "$ended" = "$program" ] || status=1
exit "$status"
