// What a decoder never needs, taken away before it starts: new privileges, other programs, new processes, sockets.
// prctl(2) is variadic and BPF statements are macros, neither of which Swift imports.
#pragma once
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define IMAGEBED_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define IMAGEBED_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Refuses one system call with EPERM.
#define IMAGEBED_REFUSE(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

// Closes every descriptor from a number on (close_range(2), Linux 5.9).
static inline int imagebed_close_from(unsigned int lowest) {
    return (int)syscall(SYS_close_range, lowest, ~0U, 0);
}

// Dies with its parent, gains no privileges (prctl(2)).
static inline int imagebed_drop_privileges(void) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) | prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// No network, no other program, no look into other processes (seccomp(2)); needs imagebed_drop_privileges first.
static inline int imagebed_refuse_system_calls(void) {
#ifdef IMAGEBED_ARCHITECTURE
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IMAGEBED_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
        // The x32 numbers name the same calls once more.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        IMAGEBED_REFUSE(SYS_fork),
        IMAGEBED_REFUSE(SYS_vfork),
#endif
        IMAGEBED_REFUSE(SYS_execve),
        IMAGEBED_REFUSE(SYS_execveat),
        IMAGEBED_REFUSE(SYS_clone),
        IMAGEBED_REFUSE(SYS_clone3),
        IMAGEBED_REFUSE(SYS_socket),
        IMAGEBED_REFUSE(SYS_socketpair),
        IMAGEBED_REFUSE(SYS_connect),
        IMAGEBED_REFUSE(SYS_ptrace),
        IMAGEBED_REFUSE(SYS_kill),
        IMAGEBED_REFUSE(SYS_unlink),
        IMAGEBED_REFUSE(SYS_unlinkat),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof rules / sizeof rules[0], .filter = rules};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#else
    return 0;
#endif
}
