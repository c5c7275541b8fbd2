# shellcheck shell=sh
# Files of the system that install.sh itself has written, before the package took its site over or in a version of a checkout: which of them
# somebody has changed. The package's preinst has these functions too, and is run by sh.

# A file without what differs from site to site: names, users, numbers of processes, the data folder and a tree that it leads to. (Only what
# was chosen is taken out, so that a folder that somebody added is seen.) usual_form FILE DATA
usual_form() {
    # (One of them names the usual folder too.)
    folder="(/var/lib/imagebed|$(literal "$2"))"
    tree=$(readlink -f "$2/uploads") || tree=none
    tree=$(literal "$tree")
    sed -E -e "s#$folder(/|[^[:alnum:]._/-]|\$)#D\2#g" -e "s#^(ReadWritePaths=D)( $tree)?( $tree/recycle)?\$#\1#" \
        -e 's/^(User|Group|SocketGroup|ProtectHome|Wants|responders)=.*/\1=/; s/imagebed-[a-z0-9@.-]+/imagebed-N/g; s/ (responder|requests for) [a-z0-9-]+/ \1 N/' \
        -e 's#(/run/imagebed/)[a-z0-9-]+\.sock#\1N#; s#^(ExecStart=/usr/lib/imagebed/)[a-z0-9-]+$#\1N#; s/IMAGEBED_ASSETS="?[0-9a-f]*/IMAGEBED_ASSETS=/' \
        -e 's/(web_user|web_group|service_user|service_group|IMAGEBED_USER)=[^ ]*/\1=/g; s/ -([uUgG]) [a-z0-9_-]+/ -\1/g' "$1"
}

# As an expression of sed's: literal TEXT
literal() { printf %s "$1" | sed 's/[][\\.*^$+?(){}|#]/\\&/g'; }

# The sum by which a file is known: usual_sum FILE DATA
usual_sum() { usual_form "$1" "$2" | sha256sum | cut -c1-16; }

# Leaves a copy beside a file that is not as some version wrote it: keep_changed FILE DATA "SUMS"
keep_changed() {
    [ -f "$1" ] && [ ! -L "$1" ] || return 0
    case " $3 " in *" $(usual_sum "$1" "$2") "*) return 0 ;; esac
    cp -p "$1" "$1.dpkg-old"
    echo "$1 was changed; what it was is kept in $1.dpkg-old" >&2
}
