// epoll_pwait(2) takes a union that Swift imports poorly, and EPOLLEXCLUSIVE is a macro.
#pragma once
#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

// An epoll instance for a descriptor that several processes wait for: only one sleeping process is woken. -1 on failure.
static inline int imagebed_open_queue(int descriptor) {
    int queue = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE};
    if (queue >= 0 && epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        close(queue);
        return -1;
    }
    return queue;
}

// Waits with another signal mask.
static inline int imagebed_wait_in_queue(int queue, int milliseconds, const sigset_t *mask) {
    struct epoll_event event;
    return epoll_pwait(queue, &event, 1, milliseconds, mask);
}

static inline int imagebed_is_readable(int descriptor) {
    struct pollfd poll_descriptor = {.fd = descriptor, .events = POLLIN};
    return poll(&poll_descriptor, 1, 0) > 0;
}

// Sleeps with another signal mask; a signal ends it.
static inline void imagebed_pause(int milliseconds, const sigset_t *mask) {
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    pselect(0, NULL, NULL, NULL, &time, mask);
}
