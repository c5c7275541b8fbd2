# shellcheck shell=bash
# What Debian's packages leave in the root of the image and nothing there needs: slim.sh ROOT
set -euo pipefail
cd "$1"
rm -rf var/log/* var/cache/* var/lib/apt/* var/lib/dpkg/*-old var/tmp/* tmp/* run/* etc/machine-id etc/cron.* etc/rc?.d etc/init.d boot media mnt srv opt \
    usr/share/{bash-completion,bug,lintian,menu,pixmaps,doc-base} var/www usr/share/nginx/html
mkdir -p tmp run var/tmp
chmod 1777 tmp var/tmp
# Nobody becomes somebody else in there.
find . -xdev -type f -perm /6000 -exec chmod ug-s {} +
