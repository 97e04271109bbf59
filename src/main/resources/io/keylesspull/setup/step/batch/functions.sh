# Runs a line as root. What a person would type after sudo is run without it, because root needs no password.
as_root() {
    sh -c "sudo() { while :; do case \${1:-} in -*) shift ;; *) break ;; esac; done; env \"\$@\"; }; cd; $1"
}

# Runs a line in a session of the user's own, so that groups count that were joined a moment ago.
as_user() {
    runuser -s /bin/sh "$user" -c "cd; $1"
}

# Whoever runs Docker and the Azure CLI.
as_docker_user() {
    if [ "$docker_user" = root ]; then as_root "$1"; else as_user "$1"; fi
}

# What is there now of what may be changed, one line each: a kind of change, and of what.
look() {
    dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2> /dev/null | sed -n 's/^ii *\([^ ]*\)$/package \1/p'
    case " $(id -nG "$user" 2> /dev/null) " in
        *' docker '*) echo 'group docker' ;;
    esac
    # A client that asks an engine that is stopped may start it.
    if [ "$(systemctl is-active docker.service 2> /dev/null)" = active ]; then
        echo 'service docker.service'
        if [ -n "$(as_docker_user "docker image ls --quiet '$image'" 2> /dev/null)" ]; then
            echo "pulled_image $image"
        fi
    fi
    look_at_files
}

# Prints what is there of a user. Arguments: a kind of change, a path, and who looks.
there() {
    if "as_$3" "test -e '$2'"; then echo "$1 $2"; fi
}

# The helper that a configuration of Docker names for the registry, and whether it has a login there.
configuration() {
    # Without blanks and line ends.
    set -f
    # shellcheck disable=SC2046
    plain=$(printf %s $("as_$2" "cat '$1'" 2> /dev/null))
    set +f
    case $plain in
        *"\"$loginServer\":\""*)
            named=${plain#*"\"$loginServer\":\""}
            echo "helper_entry $1 $loginServer ${named%%\"*}"
            ;;
    esac
    case $plain in
        *"\"$loginServer\":"?'"auth"'*) echo "registry_login $loginServer" ;;
    esac
}

# The lines of a file that another one lacks, as JSON.
only_in() {
    known="$line_end$(cat "$2")$line_end" between=
    while read -r line; do
        case $known in
            *"$line_end$line$line_end"*) ;;
            *) printf '%s"%s"' "$between" "$line" && between=, ;;
        esac
    done < "$1"
}

# Prints how it ended as one line of JSON, at most 4 KB, and leaves nothing.
finish() {
    look > "$folder/after"
    digest=$(as_docker_user "docker image inspect --format '{{json .RepoDigests}}' '$image'" 2> /dev/null \
        | sed -n "s|.*\"${image%%[:@]*}@\\(sha256:[0-9a-f]*\\)\".*|\\1|p")
    printf '{"step":"%s","status":%s,"output":"%s","digest":"%s","told":"%s","changes":[%s],"gone":[%s]}' \
        "$(cat "$folder/step")" "$(cat "$folder/status")" \
        "$(cat "$folder/err" "$folder/out" | head -c 4000 | gzip -c | base64 -w 0)" \
        "$digest" "$(cat "$folder/told")" \
        "$(only_in "$folder/after" "$folder/before")" "$(only_in "$folder/before" "$folder/after")" > "$folder/line"
    if [ "$(wc -c < "$folder/line")" -gt 4000 ]; then
        printf '{"packed":"%s"}\n' "$(gzip -c < "$folder/line" | base64 -w 0)"
    else
        cat "$folder/line"
        echo
    fi
    status=$(cat "$folder/status")
    rm -rf "$folder"
    exit "$status"
}

# Runs a line. Arguments: the step that it belongs to, who runs it, the line. Somebody else's apt is waited for.
act() {
    printf %s "$1" > "$folder/step"
    waits=
    while :; do
        "as_$2" "$3" > "$folder/out" 2> "$folder/err"
        status=$?
        case $status:$(cat "$folder/err") in
            0:*) break ;;
            *'Could not get lock'* | *'Unable to lock '* | *'locked by another process'*)
                waits=$waits.
                [ "${#waits}" -lt 90 ] || break
                sleep 10
                ;;
            *'dpkg was interrupted'*)
                [ -z "$waits" ] || break
                waits=.
                as_root "$configure" > "$folder/out" 2> "$folder/err" || break
                ;;
            *) break ;;
        esac
    done
    # A helper that failed does not make a pull fail for which Docker found another way in.
    case $1:$(cat "$folder/err") in
        pull*"docker-credential-$helper: "*) status=1 ;;
    esac
    printf %s "$status" > "$folder/status"
    return "$status"
}

# Whether it is of no use to try a pull again.
hopeless() {
    case $(cat "$folder/err") in
        *'manifest unknown'* | *'name unknown'* | *': not found'* | *'no space left on device'* | *'x509: '*) return 0 ;;
    esac
    return 1
}

# Fails for a reason that is found without a command.
refuse() {
    printf %s "$1" > "$folder/step"
    printf 1 > "$folder/status"
    printf %s "$2" > "$folder/err"
    : > "$folder/out"
    return 1
}

# Starts Docker if it is stopped, and refuses one that cannot do what is wanted.
docker_works() {
    case $(docker --version 2> /dev/null) in
        'podman '*) refuse docker.podman "$(docker --version 2> /dev/null)" || return 1 ;;
    esac
    case $(command -v docker) in
        /snap/*) refuse docker.snap '' || return 1 ;;
    esac
    if as_docker_user 'docker version' > /dev/null 2>&1; then
        return 0
    fi
    if ! as_root 'docker version' > /dev/null 2>&1; then
        state=$(systemctl is-enabled docker.service 2> /dev/null)
        case $state in
            enabled | enabled-runtime | static | alias | indirect | generated) ;;
            '' | not-found) refuse docker.clientAlone '' || return 1 ;;
            *) refuse docker.switchedOff "$state" || return 1 ;;
        esac
        act docker root 'systemctl start docker.service' || return 1
    fi
    act docker docker_user 'docker version'
}
