// flock(2) has no timeout, and alarm(2) is used by the responder, so a separate timer interrupts it. The timer signals only
// the waiting thread, and repeats, because the first signal may arrive before flock is called.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void imagebed_wake_up(int signal) { (void)signal; }

/// 0 if the lock was acquired, -1 after this many microseconds (EINTR) or on any other error.
static inline int imagebed_flock_within(int descriptor, long microseconds) {
    struct sigaction action = { .sa_handler = imagebed_wake_up };
    struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN };
    struct itimerspec times = { .it_value = { microseconds / 1000000, microseconds % 1000000 * 1000 }, .it_interval = { 0, 10000000 } };
    timer_t timer;
    sigset_t wake_up, before;
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (sigaction(SIGRTMIN, &action, NULL) != 0 || timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -1;
    // Threads of a thread pool block all signals.
    sigemptyset(&wake_up);
    sigaddset(&wake_up, SIGRTMIN);
    pthread_sigmask(SIG_UNBLOCK, &wake_up, &before);
    int result = timer_settime(timer, 0, &times, NULL);
    if (result == 0) result = flock(descriptor, LOCK_EX);
    int cause = errno;
    timer_delete(timer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = cause;
    return result;
}

// F_OFD_SETLK of linux/fcntl.h, which cannot be included beside fcntl.h.
#define IMAGEBED_SET_OWN_LOCK 37

static inline int imagebed_set_byte(int descriptor, off_t offset, short type) {
    struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = offset, .l_len = 1 };
    return fcntl(descriptor, IMAGEBED_SET_OWN_LOCK, &range);
}

/// Locks one byte for the open file, without waiting; -1 with EAGAIN or EACCES if it is locked (fcntl(2) is variadic for Swift).
static inline int imagebed_lock_byte(int descriptor, off_t offset) { return imagebed_set_byte(descriptor, offset, F_WRLCK); }

/// Releases that lock for every copy of the descriptor.
static inline int imagebed_unlock_byte(int descriptor, off_t offset) { return imagebed_set_byte(descriptor, offset, F_UNLCK); }
