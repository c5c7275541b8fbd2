// Landlock (landlock(7), Linux 5.13): no path can be opened, made, moved or removed any more, no port be bound or connected to, and no
// process outside be signaled. glibc has no wrappers, and the headers of Debian 12 know the first versions only, so the kernel's
// numbers stand here (include/uapi/linux/landlock.h); the three calls have the same numbers on every architecture.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#define IMAGEBED_LANDLOCK_CREATE_RULESET 444
#define IMAGEBED_LANDLOCK_ADD_RULE 445
#define IMAGEBED_LANDLOCK_RESTRICT_SELF 446

// struct landlock_ruleset_attr; what a kernel does not know yet has to be 0.
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

// The version of Landlock that the kernel has (LANDLOCK_CREATE_RULESET_VERSION), or -1 with errno: ENOSYS where it has none, EOPNOTSUPP
// where it was left out at boot, EPERM where a filter of system calls refuses to tell.
static inline int imagebed_landlock_version(void) {
    return (int)syscall(IMAGEBED_LANDLOCK_CREATE_RULESET, NULL, 0, 1);
}

// All that a version can forbid.
static inline struct imagebed_landlock_rules imagebed_landlock_everything(int version) {
    // Version 1 knows thirteen rights, 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV.
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    return (struct imagebed_landlock_rules){
        .files = (1ULL << rights) - 1,
        // BIND_TCP, CONNECT_TCP.
        .ports = version >= 4 ? 3 : 0,
        // ABSTRACT_UNIX_SOCKET, SIGNAL.
        .scopes = version >= 6 ? 3 : 0,
    };
}

// Takes all paths away but, where `readable` is not -1, the file that this descriptor is open on; 0, or -1 with errno.
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
