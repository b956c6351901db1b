#!/usr/bin/env bash
# The daemon's API with curl and jq: `fbtr daemon start`, then
#   FBTR_TOKEN=$(fbtr tokens create example --scope submit) examples/api.sh book.fb2
set -euo pipefail
url="${FBTR_URL:-http://127.0.0.1:8443}"
book="${1:-$(dirname "$0")/vechernij-poezd.fb2}"

# The token goes through a file that curl reads, since others can read arguments.
ask() {
  curl --silent --show-error --fail-with-body \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "${FBTR_TOKEN:-}") "$@"
}
json=(--header "content-type: application/json")

echo "# is it there?"
ask "$url/health" | jq -r .status

echo "# a sentence"
ask "$url/api/v1/translate/string" "${json[@]}" \
  --data '{"text":"Дверь открылась.","provider":"draft"}' | jq -r .translated_text

echo "# several paragraphs, in Latin script"
ask "$url/api/v1/translate" "${json[@]}" \
  --data '{"text":"Он сел.\n\nДверь открылась.","provider":"draft","script":"latin"}' |
  jq -r .translated

echo "# a book: handed in, watched to its end, fetched"
id=$(ask "$url/api/v1/jobs?name=book.fb2&provider=draft" \
  --header "content-type: application/octet-stream" --data-binary "@$book" | jq -r .id)
until ask "$url/api/v1/jobs/$id" |
  jq --exit-status '.status | IN("done", "incomplete", "failed")' > /dev/null; do
  sleep 0.2
done
ask "$url/api/v1/jobs/$id" | jq -r .status
# Its own language, and that of the source it names.
ask "$url/api/v1/jobs/$id/result" | grep -o '<lang>[a-z]*</lang>'

echo "# a wrong request says what is wrong"
ask "$url/api/v1/translate/string" "${json[@]}" --data '{}' | jq -r .code || true
