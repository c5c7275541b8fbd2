# shellcheck shell=bash disable=SC2034  # who reads this file uses the variables
# Where a container's data is, for process 1 and for what is run beside it (docker exec).

programs=/usr/libexec/imagebed
# The volumes config and i of an EasyImages container, at the same place as there.
old_volumes=/app/web

# Sets `data`: what IMAGEBED_DATA says, else /data. With the volumes of EasyImages, a folder in config: there is none beside them that would
# outlive the container. (Docker makes a volume of its own for /data, and throws it away with the container.)
find_data() {
    data=/data
    if [ -n "${IMAGEBED_DATA-}" ]; then
        data=$IMAGEBED_DATA
    elif [ ! -e /data/imagebed.db ] && { [ -e $old_volumes/config/config.php ] || [ -e $old_volumes/config/imagebed ]; }; then
        data=$old_volumes/config/imagebed
    fi
}
