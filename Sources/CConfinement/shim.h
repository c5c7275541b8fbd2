// Process restrictions. prctl(2) and syscall(2) are variadic, which Swift does not import.
#pragma once
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Disables core dumps and access to the memory by other processes of the same user (PR_SET_DUMPABLE in prctl(2)). exec(3) undoes it.
static inline int imagebed_hide_memory(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static inline bool imagebed_is_memory_hidden(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

// Closes all descriptors from a number on (close_range(2), Linux 5.9).
static inline int imagebed_close_from(unsigned int lowest) {
    return (int)syscall(SYS_close_range, lowest, ~0U, 0);
}

// Kills this process when its parent ends, and prevents it from gaining privileges (prctl(2)).
static inline int imagebed_drop_privileges(void) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) | prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static inline bool imagebed_has_dropped_privileges(void) {
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}
