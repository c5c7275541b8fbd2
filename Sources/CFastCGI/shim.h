// ppoll(2) is declared only for GNU programs, which Swift's Glibc module is not.
#pragma once
#define _GNU_SOURCE
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Waits for a descriptor with other signals let in than usual; `seconds` below 0 means for ever.
static inline int imagebed_wait_readable(int descriptor, long seconds, const sigset_t *mask) {
    struct pollfd poll = {.fd = descriptor, .events = POLLIN};
    struct timespec limit = {.tv_sec = seconds};
    // The kernel's signal set is 64 signals wide (signal(7)), whatever the size of glibc's.
    return (int)syscall(SYS_ppoll, &poll, 1, seconds < 0 ? NULL : &limit, mask, 8);
}
