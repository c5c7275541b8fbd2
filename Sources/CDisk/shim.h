// openat2(2) has no wrapper in glibc, and syscall(2) is variadic, which Swift does not import.
//
// Without _GNU_SOURCE, as CConfinement/shim.h.
#pragma once
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// Opens a path that must not leave the folder by `..`, an absolute path or a symbolic link.
static inline int imagebed_open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how = {
        .flags = flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

// An unnamed file in the folder (open(2), O_TMPFILE), removed when its last descriptor is closed.
static inline int imagebed_open_nameless(int folder, mode_t mode) {
    return openat(folder, ".", __O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}

// Adds to a number that other processes add to at the same time; nothing else is ordered by it.
static inline void imagebed_count(uint64_t *number, uint64_t more) { __atomic_fetch_add(number, more, __ATOMIC_RELAXED); }

static inline uint64_t imagebed_counted(const uint64_t *number) { return __atomic_load_n(number, __ATOMIC_RELAXED); }

// Replaces a number that nobody has changed since it was read; 0 if somebody has. Nothing else is ordered by it.
static inline int imagebed_replace(uint64_t *number, uint64_t seen, uint64_t next) {
    return __atomic_compare_exchange_n(number, &seen, next, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

// Gives an unnamed file its name; fails with EEXIST instead of replacing (open(2), the O_TMPFILE example).
static inline int imagebed_link_nameless(int descriptor, int folder, const char *name) {
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return linkat(AT_FDCWD, path, folder, name, AT_SYMLINK_FOLLOW);
}

// syncfs(2), which glibc declares for _GNU_SOURCE alone.
static inline int imagebed_sync_file_system(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }
