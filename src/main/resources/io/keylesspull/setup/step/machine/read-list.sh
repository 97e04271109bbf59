# Keyless Pull: prints a page of a registry's list, read with one of this machine's managed identities: the first that
# may. It changes nothing. Tokens are sent from standard input, because everybody on the machine can read a command line,
# and none is printed.
LC_ALL=C
export LC_ALL
metadata='http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01'
metadata="$metadata&resource=https%3A%2F%2Fcontainerregistry.azure.net"

# What a server answers, and the status of its answer after a blank. Nobody's curlrc is read.
ask() {
    curl --disable --silent --show-error --connect-timeout 10 --max-time 20 --retry 2 --retry-max-time 20 \
        --write-out ' %{http_code}' "$@" 2>&1
}

# The text under one key of the JSON on standard input.
field() {
    sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}

silent() {
    why="the registry $server does not answer: $answer"
}

refused() {
    reason=$(printf '%s' "$answer" | field message)
    why="the registry $server refuses the managed identity (${answer##* }): ${reason:-it gives no reason}"
}

# Sets answer to the page, or why if there is none. $1: the identity's resource id, encoded; - is the system-assigned one
read_as() {
    query="$metadata"
    if [ "$1" != - ]; then query="$metadata&msi_res_id=$1"; fi
    if ! answer=$(ask --proto =http --noproxy '*' --header Metadata:true "$query"); then
        why='the instance metadata service at 169.254.169.254 does not answer'
        return 1
    fi
    token=$(printf '%s' "$answer" | field access_token)
    if [ -z "$token" ]; then
        reason=$(printf '%s' "$answer" | field error_description)
        why="the instance metadata service gives no token for the managed identity (${answer##* }): $reason"
        return 1
    fi
    if ! answer=$(printf '%s' "$token" | ask --proto =https --data grant_type=access_token --data "service=$server" \
        --data-urlencode access_token@- "https://$server/oauth2/exchange"); then
        silent
        return 1
    fi
    token=$(printf '%s' "$answer" | field refresh_token)
    if [ -z "$token" ]; then
        refused
        return 1
    fi
    if ! answer=$(printf '%s' "$token" | ask --proto =https --data grant_type=refresh_token --data "service=$server" \
        --data-urlencode "scope=$scope" --data-urlencode refresh_token@- "https://$server/oauth2/token"); then
        silent
        return 1
    fi
    token=$(printf '%s' "$answer" | field access_token)
    if [ -z "$token" ]; then
        refused
        return 1
    fi
    if ! answer=$(printf 'Authorization: Bearer %s\n' "$token" \
        | ask --proto =https --header @- "https://$server$page"); then
        silent
        return 1
    fi
    if [ "${answer##* }" != 200 ]; then
        refused
        return 1
    fi
}

# $1: login server, $2: the token's scope, $3: path and query of the page; then the identities
read_list() {
    server="$1" scope="$2" page="$3"
    shift 3
    for identity in "$@"; do
        if read_as "$identity"; then
            printf 'list '
            printf '%s' "${answer% *}" | gzip -c | base64 -w 0
            return 0
        fi
    done
    printf '%s\n' "$why"
    return 1
}
