// openat2(2) has no wrapper in glibc, and syscall(2) is variadic, which Swift does not import.
#pragma once
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// Opens a path that may not leave the folder, by `..`, by an absolute start or by a symbolic link on the way.
static inline int imagebed_open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how = {
        .flags = flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

// A file without a name in the folder (open(2), O_TMPFILE): it vanishes with its last descriptor.
static inline int imagebed_open_nameless(int folder, mode_t mode) {
    return openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}

// Gives a nameless file its name; fails with EEXIST instead of replacing (open(2), the O_TMPFILE example).
static inline int imagebed_link_nameless(int descriptor, int folder, const char *name) {
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return linkat(AT_FDCWD, path, folder, name, AT_SYMLINK_FOLLOW);
}
