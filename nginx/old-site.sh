# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The EasyImages site to replace, as its own settings and nginx have it, and the server blocks of ours made from that.

# One line for each directive of each server block: FILE<tab>NUMBER<tab>DIRECTIVE, a block inside being one directive. (nginx -T
# prints every file that it reads, one after the other.)
server_blocks() {
    nginx -T 2>/dev/null | awk '
        function end_word() { if (word != "") statement = statement (statement == "" ? "" : " ") word; word = "" }
        function tell(text) { print file "\t" number "\t" text }
        function open_block() {
            end_word()
            if (server) inner = inner (inner == "" ? "" : " ") statement " {"
            block[++depth] = statement
            if (!server && statement == "server" && block[1] !~ /^(stream|mail)/) { server = depth; number++ }
            statement = ""
        }
        function end_directive() {
            end_word()
            if (server == depth && server) tell(statement ";")
            else if (server) inner = inner " " statement ";"
            statement = ""
        }
        function close_block() {
            depth--
            if (depth < server) server = 0
            else if (server) {
                inner = inner " }"
                if (depth == server) { tell(inner); inner = "" }
            }
        }
        /^# configuration file \/.*:$/ && quote == "" { file = substr($0, 22, length($0) - 22); depth = server = 0; next }
        {
            line = $0 "\n"
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\\") word = word c substr(line, ++i, 1)
                else if (quote != "") { word = word c; if (c == quote) quote = "" }
                else if (word == "" && c == "#") break
                else if (word == "" && (c == "\"" || c == "\047") || word ~ /\$$/ && c == "{") { word = word c; quote = c == "{" ? "}" : c }
                else if (c ~ /[ \t\r\n]/) end_word()
                else if (c == ";") end_directive()
                else if (c == "{") open_block()
                else if (c == "}") close_block()
                else word = word c
            }
        }'
}

# The values of a directive in the lines of server_blocks: values NAME
values() { cut -f3 | sed -n "s/^$1  *\(.*\);$/\1/p" | tr -d "\"'"; }

# Sets what is known of the old site: its folder and picture tree, who owns that, its files, and the server blocks to take over.
find_old_site() {
    old_site=$(realpath -e -- "$old_site" 2>/dev/null) || refuse "--from-easyimages: there is no such folder"
    check_folder "$old_site"
    [ -r "$old_site/config/config.php" ] ||
        refuse "$old_site is no EasyImages site: it has no config/config.php (name the folder that holds it)"
    if [ -z "$old_tree" ] || [ "$old_site" != "$tree_of" ]; then find_old_tree; fi
    [ -d "$old_tree" ] || fail "$old_tree, the picture tree of $old_site, is not there"
    local named=no
    [[ $given != *" --port "* && $given != *" --domain "* && $given != *" --prefix "* && $web = nginx ]] || named=yes
    if is_taken_over; then
        [ "$named" = no ] || refuse "the site has the place of $old_site, its names, ports and web server: rollback comes first"
        return
    fi
    if [[ $given == *" --from-easyimages "* ]]; then
        beside=${named#no}
    elif [ -z "$beside" ]; then
        fail "the site in $old_site has its place back: --from-easyimages $old_site takes over again"
    fi
    if [ -n "$beside" ]; then return; fi
    read_old_server
    place="$domain:$port$prefix"
    install_settings
}

# Sets the picture tree and the service's user, its owner. Once they are recorded nobody is asked again: what lies in that folder, and
# whose it is, is in the hands of this very user.
find_old_tree() {
    local setting owner
    setting=$(old_setting path /i/)
    [[ $setting =~ ^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/$ ]] || fail "the setting path of $old_site, $(printf %q "$setting"), cannot be served: it is a path such as /i/"
    old_tree=$(realpath -e -- "$old_site$setting" 2>/dev/null) ||
        refuse "$old_site$setting, the folder of pictures by $old_site/config/config.php, is not there"
    check_folder "$old_tree"
    owner=$(stat -c %U "$old_tree")
    id "$owner" >/dev/null 2>&1 || fail "the owner of $old_tree is no user of this machine: chown it to the one that PHP runs as"
    [ "$owner" != root ] || fail "$old_tree belongs to root: chown it to the user that PHP runs as, who the new programs then are too"
    # (Where it was recorded by a version that did not record the tree, it stays.)
    if [ "$old_site" != "$tree_of" ]; then
        service_user=$owner
    elif [ "$owner" != "$service_user" ]; then
        fail "$old_tree belongs to $owner, and this site was installed for $service_user: chown -R $service_user $old_tree"
    fi
    service_group=$(id -gn "$service_user")
}

# One setting of the old site that needs no more than a look; the import reads all of them.
old_setting() {
    local value
    value=$(old_file config/config.php | sed -n "s/^[[:space:]]*['\"]$1['\"][[:space:]]*=>[[:space:]]*['\"]\([^'\"]*\)['\"].*/\1/p" | tail -n 1)
    echo "${value:-$2}"
}

# A file of the old site, which is another user's: no link is followed, and no pipe waited for.
old_file() { { dd if="$old_site/$1" iflag=nofollow,nonblock bs=64k count=64 status=none 2>/dev/null || true; } | tr -d '\0'; }

read_old_server() {
    test_nginx || fail "nginx does not take its configuration as it is; nothing was changed"
    nginx_runs || [ -n "$dry_run" ] || fail "nginx does not run, so there is no site to take over"
    local blocks file
    blocks=$(server_blocks)
    old_blocks=$(blocks_of_old_site <<<"$blocks")
    [ -n "$old_blocks" ] || fail "no site of nginx has $old_site as its root (nginx -T shows what it has)"
    mapfile -t old_files < <(lines_of "$old_blocks" <<<"$blocks" | cut -f1 | sort -u)
    for file in "${old_files[@]}"; do check_old_file "$file"; done
    old_server=$(write_old_server "$blocks")
    read_address "$blocks"
    nginx_link=$(dirname "${old_files[0]}")/imagebed$([[ ${old_files[0]} != *.conf ]] || echo .conf)
    say "$old_site is served by ${old_files[*]}: ${domain:-any name}, port $port; its pictures belong to $service_user"
}

# The numbers of the blocks that have the old site's folder as their root.
blocks_of_old_site() {
    local number rest root
    while IFS=$'\t' read -r _ number rest; do
        [[ $rest =~ (^|[ {])root\ +([^;]+)\; ]] || continue
        root=$(tr -d "\"'" <<<"${BASH_REMATCH[2]}")
        [ "$(realpath -m -- "$root")" != "$old_site" ] || printf '%s\n' "$number"
    done | sort -un
}

# The lines of some blocks: lines_of "NUMBERS"
lines_of() { awk -F'\t' -v wanted=" ${1//$'\n'/ } " 'index(wanted, " " $2 " ")'; }

# What is put aside is a file that holds this site and no other.
check_old_file() {
    local file=$1 number other
    case $file in
        */nginx.conf) fail "the site stands in $file itself: move its server block to a file in sites-enabled, then try again" ;;
        *[[:space:]%]*) fail "$file: this program cannot move a file with such a name" ;;
    esac
    awk -F'\t' -v file="$file" '$1 == file { print $2 }' <<<"$blocks" | sort -un | while read -r number; do
        grep -qx "$number" <<<"$old_blocks" && continue
        other=$(awk -F'\t' -v number="$number" '$2 == number' <<<"$blocks")
        if grep -vE $'\tlocation [^{]*well-known' <<<"$other" | grep -qE $'[ {\t](root|alias|proxy_pass|fastcgi_pass|uwsgi_pass) '; then
            fail "$file also holds another site ($(values server_name <<<"$other")): move that to a file of its own, then try again"
        fi
    done
}

# What our site takes from the old one: where it listens and for whom, TLS, who is let in and who is believed about addresses.
taken='listen|server_name|http2|http3|quic_[a-z_]+|ssl_[a-z_]+|allow|deny|satisfy|auth_basic|auth_basic_user_file|set_real_ip_from|real_ip_header|real_ip_recursive'

# The server blocks of our site: one for each of the old site's that served files, and as they were those that only redirect.
write_old_server() {
    local file number rest former=''
    echo "# The site in the place of $old_site: written by install.sh from what nginx had, and kept until that site is back."
    echo "include \"$conf/http.conf\";"
    while IFS=$'\t' read -r file number rest; do
        [[ " ${old_files[*]} " == *" $file "* ]] || continue
        if [ "$number" != "$former" ]; then
            [ -z "$former" ] || close_server "$former"
            echo "server {"
            former=$number
        fi
        if ! grep -qx "$number" <<<"$old_blocks" || [[ $rest =~ ^($taken)\  || $rest =~ ^location.*well-known ]] || is_tls_include "$rest"; then
            echo "    $rest"
        elif [[ ! $rest =~ ^(root|index|client_max_body_size)\  ]]; then
            say "not taken over from $file: $(cut -c1-100 <<<"$rest")"
        fi
    done <<<"$1"
    close_server "$former"
}

close_server() {
    if grep -qx "$1" <<<"$old_blocks"; then
        # Where certificates are renewed by files in the old folder, they go on being: only names that such files have.
        echo "    location ~ \"^/\\.well-known/acme-challenge/[A-Za-z0-9_-]+\$\" { root \"$old_site\"; disable_symlinks on; default_type text/plain; }"
        echo "    include \"$conf/locations.conf\";"
    fi
    echo "}"
}

# An include of nothing but TLS settings, such as certbot's.
is_tls_include() {
    [[ $1 =~ ^include\ +([^*;]+)\; ]] || return 1
    local file=${BASH_REMATCH[1]//[\"\']/}
    [[ $file = /* ]] || file=/etc/nginx/$file
    [ -r "$file" ] && ! grep -qvE '^[[:space:]]*(#.*|ssl_[a-z_]+ .*)?$' "$file"
}

# Sets domain, port and the address that visitors use, by the first address of the old site.
read_address() {
    local scheme name
    read -r _ scheme site_host port name < <(lines_of "$old_blocks" <<<"$1" | addresses) || true
    name_site "$name"
    site_url=$(url_of "$scheme" "$name" "$port")
}

# Where server blocks listen, TLS before without and IPv4 before IPv6: lines RANK SCHEME HOST PORT NAME
addresses() {
    local lines name listen options rank scheme host port
    lines=$(cat)
    name=$(values server_name <<<"$lines" | tr ' ' '\n' | grep -xE '[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+' | head -n 1) || true
    { values listen <<<"$lines" | grep -v '^unix:' || echo 80; } | while read -r listen options; do
        rank=2 scheme=http host=127.0.0.1 port=${listen##*:}
        if [[ " $options " == *" ssl "* ]]; then rank=0 scheme=https; fi
        [[ $listen != '['* ]] || rank=$((rank + 1))
        case $listen in
            '[::]'*) host='[::1]' ;;
            '['*) host=${listen%]*}] ;;
            0.0.0.0:* | '*:'*) ;;
            *.*.*.*) host=${listen%:*} ;;
        esac
        [[ $port =~ ^[0-9]+$ ]] || port=80
        echo "$rank $scheme $host $port $name"
    done | sort -s -k1,1
}

# url_of SCHEME NAME PORT
url_of() {
    local url=$1://${2:-$(own_address)}
    case $1:$3 in http:80 | https:443) ;; *) url+=:$3 ;; esac
    echo "$url"
}
