# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The end of an installation: the site answers, and a new one shows that all of it works.

wait_for_answer() {
    local turn
    for turn in {1..100}; do
        if [ "$(answer_to stats.php -o /dev/null -w '%{http_code}')" = 200 ]; then return; fi
        sleep 0.1
    done
    fail "the site does not answer after $((turn / 10)) s; see $(has_systemd && echo 'journalctl -u "imagebed-*"' || echo /var/log/imagebed.log) and the error log in ${access_log%/*}"
}

# curl, asking this machine for a path of the API: answer_to NAME OPTION…
answer_to() { curl -s -m 20 -H "Host: ${domain:-localhost}" "${@:2}" "http://127.0.0.1:$port$prefix/api/v1/$1" || true; }

# The first account, the first key, and a first picture to see that all of it works.
greet() {
    local password key answer base
    password=$("$lib/imagebed" user add admin --role admin --json | member password) || fail "no account could be made"
    key=$("$lib/imagebed" key create --user admin --name install --json | member key) || fail "no API key could be made"
    answer=$(answer_to upload.php -F "image=@$parts/first.png" -F "token=$key")
    base=$("$lib/imagebed" settings get base_url)
    case $answer in
        *'"success"'*) ;;
        *) fail "the first upload failed: $answer" ;;
    esac
    cat <<END

ImageBed is installed.

  address         $base
  first picture   $(echo "$answer" | member url)
  data            $data
  account         admin
  password        $password
  API key         $key

The password and the key are shown this once. Upload a picture with

  curl -F "image=@picture.jpg" -F "token=$key" $base/api/v1/upload.php

When visitors use another address, say so: imagebed settings set base_url https://img.example.org
END
}
