// Landlock (landlock(7), Linux 5.13): denies opening, creating, moving and removing files, binding and connecting TCP ports, and
// signaling other processes. glibc has no wrappers, and Debian 12's headers have only the first versions, so the kernel's
// constants are repeated here (include/uapi/linux/landlock.h); the three calls have the same numbers on every architecture.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#define IMAGEBED_LANDLOCK_CREATE_RULESET 444
#define IMAGEBED_LANDLOCK_ADD_RULE 445
#define IMAGEBED_LANDLOCK_RESTRICT_SELF 446

// struct landlock_ruleset_attr; fields that a kernel does not support must be 0.
struct imagebed_landlock_rules {
    uint64_t files;
    uint64_t ports;
    uint64_t scopes;
};

// struct landlock_path_beneath_attr.
struct imagebed_landlock_path {
    uint64_t files;
    int32_t descriptor;
} __attribute__((packed));

// The kernel's version of Landlock (LANDLOCK_CREATE_RULESET_VERSION), or -1 with errno: ENOSYS if it has none, EOPNOTSUPP
// if it was disabled at boot, EPERM if a system call filter denies the query.
static inline int imagebed_landlock_version(void) {
    return (int)syscall(IMAGEBED_LANDLOCK_CREATE_RULESET, NULL, 0, 1);
}

// Everything that a version can deny.
static inline struct imagebed_landlock_rules imagebed_landlock_everything(int version) {
    // Version 1 has thirteen rights, 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV.
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    return (struct imagebed_landlock_rules){
        .files = (1ULL << rights) - 1,
        // BIND_TCP, CONNECT_TCP.
        .ports = version >= 4 ? 3 : 0,
        // ABSTRACT_UNIX_SOCKET, SIGNAL.
        .scopes = version >= 6 ? 3 : 0,
    };
}

// Denies all paths except, if `readable` is not -1, the file of this descriptor; 0, or -1 with errno.
static inline int imagebed_landlock_enter(int version, int readable) {
    struct imagebed_landlock_rules rules = imagebed_landlock_everything(version);
    int set = (int)syscall(IMAGEBED_LANDLOCK_CREATE_RULESET, &rules, sizeof rules, 0);
    if (set < 0) return -1;
    // LANDLOCK_ACCESS_FS_READ_FILE, LANDLOCK_RULE_PATH_BENEATH.
    struct imagebed_landlock_path path = {.files = 1 << 2, .descriptor = readable};
    long result = readable < 0 ? 0 : syscall(IMAGEBED_LANDLOCK_ADD_RULE, set, 1, &path, 0);
    if (result == 0) result = syscall(IMAGEBED_LANDLOCK_RESTRICT_SELF, set, 0);
    int code = errno;
    close(set);
    errno = code;
    return (int)result;
}
