// Process restrictions. prctl(2) and syscall(2) are variadic, which Swift does not import.
//
// Without _GNU_SOURCE: with it some of glibc's types (fd_set) are defined otherwise than in Swift's own module of glibc, and the compiler
// refuses both in one file.
#pragma once
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
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

#define IMAGEBED_MOST_DESCRIPTORS 4

// Sends bytes and descriptors as one message (unix(7)); false if the peer is gone.
static inline bool imagebed_send(int line, const void *bytes, size_t size, const int *descriptors, unsigned int count) {
    union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int) * IMAGEBED_MOST_DESCRIPTORS)]; } control;
    if (count == 0 || count > IMAGEBED_MOST_DESCRIPTORS) return false;
    memset(&control, 0, sizeof control);
    struct iovec text = {.iov_base = (void *)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = CMSG_SPACE(sizeof(int) * count)};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(head), descriptors, sizeof(int) * count);
    return sendmsg(line, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size;
}

// Receives such a message: the number of its bytes, -1 if none came whole; as many descriptors as `count` tells then.
static inline ssize_t imagebed_receive(int line, void *bytes, size_t size, int *descriptors, unsigned int *count) {
    union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int) * IMAGEBED_MOST_DESCRIPTORS)]; } control;
    struct iovec text = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    ssize_t got = recvmsg(line, &message, 0);
    *count = 0;
    struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (head == NULL || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) return -1;
    *count = (unsigned int)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(head), sizeof(int) * *count);
    return message.msg_flags & (MSG_TRUNC | MSG_CTRUNC) ? -1 : got;
}
