# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The end of an installation: the site answers, and a new one shows that all of it works.

# The site as this machine can ask for it, where its names lead elsewhere and a certificate is not for localhost.
wait_for_answer() {
    local_url=http://${domain:-localhost}$([ "$port" = 80 ] || echo ":$port")$prefix
    if wait_for "$local_url" 127.0.0.1 "$(own_address)"; then return; fi
    withdraw_site
    fail "the site does not answer at $local_url ($seen); see $(logs) and the error log in ${access_log%/*}$(hint_of_changed_block)"
}

# A server block that is the operator's may listen elsewhere than the options say.
hint_of_changed_block() {
    local file=$apache_site
    [ "$web" = apache ] || file=$conf/site.conf
    is_unchanged "$file" || echo "; $file was changed: give the --port and --domain that it has"
}

# Answers begin with the address that is set, also where visitors are led to another one.
tell_of_https() {
    local base led
    base=$(imagebed settings get base_url)
    led=$(address_led_to)
    if [[ $base == http://* && $led == https://* ]]; then
        say "visitors are led to https, but links begin with $base: sudo imagebed settings set base_url $led"
    fi
}

# What a browser would be the first to tell whoever has chosen a name for a new machine.
tell_of_name() {
    [ -z "$domain" ] || getent ahosts "$domain" >/dev/null ||
        say "$domain is not found from here: visitors find the site when the DNS leads that name to this machine"
}

# The address in answers, where nginx does not have the same: it is the one of a proxy in front, or links lead nowhere.
tell_visitors_address() {
    local base
    base=$(imagebed settings get base_url)
    case $base in
        "$site_url") ;;
        http://localhost* | http://127.*) say "links begin with $base, where nobody finds it: sudo imagebed settings set base_url $site_url" ;;
        http://*) [[ $site_url != https://* ]] || say "links begin with $base: sudo imagebed settings set base_url $site_url lets them begin with https" ;;
        *) say "visitors find it at $base, which begins all links; is that right? Else: sudo imagebed settings set base_url URL" ;;
    esac
}

# Where the site leads those who ask at its own address; that address where it is no plain one.
address_led_to() {
    local led path=/api/v1/stats.php LC_ALL=C
    led=$(ask_site "$local_url$path" "$answering_host" -o /dev/null -w '%{url_effective}')
    if [[ ${led%"$path"} =~ ^https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9_-]+)*$ ]]; then echo "${led%"$path"}"; else echo "$local_url"; fi
}

# The first account, the first key, and a first picture to see that all of it works.
greet() {
    local password key answer base led
    require_own_listener "$local_url"
    led=$(address_led_to)
    require_own_listener "$led"
    password=$(imagebed user add admin --role admin --json | member password) || fail "no account could be made"
    key=$(imagebed key create --user admin --name install --json | member key) || fail "no API key could be made"
    answer=$(ask_site "$led/api/v1/upload.php" "$answering_host" -F "image=@$parts/first.png" -F "token=<-" < <(printf %s "$key"))
    base=$(imagebed settings get base_url)
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

When visitors use another address, say so: sudo imagebed settings set base_url https://img.example.org
END
}
