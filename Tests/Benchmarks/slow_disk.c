// A disk that takes longer to keep what it was given, for servers.py: each fsync and fdatasync returns SLOW_DISK microseconds later. They wait
// beside each other, as on a disk with many queues.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static int later(int result) {
    int error = errno;
    char *microseconds = getenv("SLOW_DISK");
    struct timespec rest = {0, microseconds ? atol(microseconds) * 1000 : 0};
    while (nanosleep(&rest, &rest) && errno == EINTR) {}
    errno = error;
    return result;
}

int fsync(int file) {
    return later(((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file));
}

int fdatasync(int file) {
    return later(((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file));
}
