# Signs this machine's managed identity in to a registry as a pull does, and keeps nothing. Before it come: server;
# client_id, empty for the system-assigned identity; repository; reference, empty if its digest is not asked for.
# Prints a line for each stage, up to the first that fails: name, status of the answer (000: there was none), and the
# digest or what was said.
# The exchange of tokens: https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
command -v curl > /dev/null || exit 127
metadata='http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01'
metadata="$metadata&resource=https%3A%2F%2Fcontainerregistry.azure.net${client_id:+&client_id=$client_id}"
manifests='application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
manifests="$manifests, application/vnd.docker.distribution.manifest.list.v2+json"
manifests="$manifests, application/vnd.docker.distribution.manifest.v2+json"

# Tokens are sent from standard input, because everybody on the machine can read a command line.
ask() {
    curl --disable --silent --show-error --connect-timeout 10 --max-time 20 --write-out ' %{http_code}' "$@" 2>&1
}

# The text under one key of the JSON on standard input.
field() {
    sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}

# Ends if the stage failed. A token is never printed: of an answer with one, only the status.
passed() {
    status=${answer##* }
    if [ -n "$2" ]; then
        printf '%s %s %s\n' "$1" "$status" "$3"
        return
    fi
    case $answer in
        *_token\"*) answer=$status ;;
    esac
    printf '%s %s %s\n' "$1" "$status" "$answer"
    exit 1
}

answer=$(ask --proto =http --noproxy '*' --header Metadata:true "$metadata") || answer="$answer 000"
token=$(printf '%s' "$answer" | field access_token)
passed identity "$token"

answer=$(printf '%s' "$token" | ask --proto =https --data grant_type=access_token --data "service=$server" \
    --data-urlencode access_token@- "https://$server/oauth2/exchange") || answer="$answer 000"
token=$(printf '%s' "$answer" | field refresh_token)
passed exchange "$token"

answer=$(printf '%s' "$token" | ask --proto =https --data grant_type=refresh_token --data "service=$server" \
    --data-urlencode "scope=repository:$repository:pull" --data-urlencode refresh_token@- \
    "https://$server/oauth2/token") || answer="$answer 000"
token=$(printf '%s' "$answer" | field access_token)
passed token "$token"

if [ -n "$reference" ]; then
    answer=$(printf 'Authorization: Bearer %s' "$token" | ask --proto =https --head --header @- \
        --header "Accept: $manifests" "https://$server/v2/$repository/manifests/$reference") || answer="$answer 000"
    digest=$(printf '%s' "$answer" | sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: *\([a-z0-9]*:[0-9a-f]*\).*/\1/p')
    passed manifest "$digest" "$digest"
fi
