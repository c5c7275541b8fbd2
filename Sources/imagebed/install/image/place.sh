# shellcheck shell=bash disable=SC2034  # who reads this file uses the variables
# Where a container's data is, for process 1 and for what is run beside it (docker exec).

programs=/usr/libexec/imagebed

# Sets `data`: what IMAGEBED_DATA says, else /data.
find_data() { data=${IMAGEBED_DATA:-/data}; }
