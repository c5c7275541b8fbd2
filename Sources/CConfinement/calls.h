// System call filter for decoding and encoding: the calls found with strace(1) over all pictures of the tests, and those that glibc's
// allocator, streams and abort(3) need besides. All others fail with ENOSYS, so that a C library that tries a newer call falls back to
// an older one. BPF statements are macros, which Swift does not import.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// AT_EMPTY_PATH of linux/fcntl.h, which cannot be included beside fcntl.h.
#define IMAGEBED_EMPTY_PATH 0x1000

#if defined(__x86_64__)
#define IMAGEBED_ARCHITECTURE AUDIT_ARCH_X86_64
#define IMAGEBED_ACCESS SYS_access
#elif defined(__aarch64__)
#define IMAGEBED_ARCHITECTURE AUDIT_ARCH_AARCH64
#define IMAGEBED_ACCESS SYS_faccessat
#else
#error "no list of system calls for this architecture"
#endif

// RLIMIT_FSIZE (asm-generic/resource.h); <sys/resource.h> would redefine what Swift imports from Glibc.
#define IMAGEBED_LIMIT_OF_FILE_SIZE 1

#define IMAGEBED_LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IMAGEBED_ANSWER(answer) BPF_STMT(BPF_RET | BPF_K, (answer))
#define IMAGEBED_REFUSE IMAGEBED_ANSWER(SECCOMP_RET_ERRNO | ENOSYS)
#define IMAGEBED_ALLOW IMAGEBED_ANSWER(SECCOMP_RET_ALLOW)
// Skips `count` statements unless the accumulator equals the value, or has one of the bits.
#define IMAGEBED_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (count))
#define IMAGEBED_UNLESS_ANY(bits, count) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (count))
#define IMAGEBED_IF_ALLOW(value) IMAGEBED_UNLESS(value, 1), IMAGEBED_ALLOW

// The checked arguments have 32 bits, or only their low 32 bits matter; both architectures are little-endian.
#define IMAGEBED_ARGUMENT(number) IMAGEBED_LOAD(args[number])
// Allows a call unless an argument has one of the bits.
#define IMAGEBED_WITHOUT(call, number, bits) \
    IMAGEBED_UNLESS(call, 4), IMAGEBED_ARGUMENT(number), IMAGEBED_UNLESS_ANY(bits, 1), IMAGEBED_REFUSE, IMAGEBED_ALLOW
// Allows a call only with one value of an argument.
#define IMAGEBED_WITH(call, number, value) \
    IMAGEBED_UNLESS(call, 4), IMAGEBED_ARGUMENT(number), IMAGEBED_UNLESS(value, 1), IMAGEBED_ALLOW, IMAGEBED_REFUSE
// Allows a call that writes to a descriptor: standard output and error, the target, and its copies, which have the highest numbers.
#define IMAGEBED_WRITING(call, target, copies) \
    IMAGEBED_UNLESS(call, 10), IMAGEBED_ARGUMENT(0), IMAGEBED_IF_ALLOW(1), IMAGEBED_IF_ALLOW(2), IMAGEBED_IF_ALLOW(target), \
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (copies), 0, 1), IMAGEBED_ALLOW, IMAGEBED_REFUSE

// Denies all other system calls; requires imagebed_drop_privileges first.
//
//   target: the only descriptor that may be written to and copied, -1 for none.
//   copies: the first number above all open descriptors.
//   opens: whether files may be opened for reading; Landlock decides which ones.
static inline int imagebed_refuse_system_calls(int target, int copies, bool opens) {
    const int none = -1;
    struct sock_filter rules[] = {
        IMAGEBED_LOAD(arch), IMAGEBED_UNLESS(IMAGEBED_ARCHITECTURE, 1), BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
        IMAGEBED_ANSWER(SECCOMP_RET_KILL_PROCESS),
        // x32 calls have other numbers and are denied.
        IMAGEBED_LOAD(nr),
        IMAGEBED_IF_ALLOW(SYS_read), IMAGEBED_IF_ALLOW(SYS_pread64), IMAGEBED_IF_ALLOW(SYS_lseek), IMAGEBED_IF_ALLOW(SYS_close),
        IMAGEBED_IF_ALLOW(SYS_fstat),
        IMAGEBED_WRITING(SYS_write, target, copies), IMAGEBED_WRITING(SYS_writev, target, copies),
        IMAGEBED_WRITING(SYS_ftruncate, target, copies),
        IMAGEBED_WITH(SYS_dup, 0, target),
        IMAGEBED_UNLESS(SYS_fcntl, 6), IMAGEBED_ARGUMENT(1), IMAGEBED_IF_ALLOW(F_SETFD), IMAGEBED_IF_ALLOW(F_GETFL), IMAGEBED_REFUSE,
        // fstat(3) of glibc 2.33 to 2.38. With a path it reveals a file's status, but not its contents; it is also called before a file
        // is opened.
        IMAGEBED_UNLESS(SYS_newfstatat, 6), IMAGEBED_ARGUMENT(3), IMAGEBED_IF_ALLOW(IMAGEBED_EMPTY_PATH),
        IMAGEBED_IF_ALLOW(opens ? 0 : IMAGEBED_EMPTY_PATH), IMAGEBED_REFUSE,
        IMAGEBED_IF_ALLOW(opens ? IMAGEBED_ACCESS : none),
        IMAGEBED_WITHOUT(opens ? SYS_openat : none, 2, ~O_CLOEXEC),
        // Memory: no executable data, and no shared mappings, which could write to a file.
        IMAGEBED_UNLESS(SYS_mmap, 7), IMAGEBED_ARGUMENT(2), IMAGEBED_UNLESS_ANY(PROT_EXEC, 1), IMAGEBED_REFUSE,
        IMAGEBED_ARGUMENT(3), IMAGEBED_UNLESS_ANY(MAP_SHARED, 1), IMAGEBED_REFUSE, IMAGEBED_ALLOW,
        IMAGEBED_WITHOUT(SYS_mprotect, 2, PROT_EXEC),
        IMAGEBED_IF_ALLOW(SYS_munmap), IMAGEBED_IF_ALLOW(SYS_mremap), IMAGEBED_IF_ALLOW(SYS_madvise), IMAGEBED_IF_ALLOW(SYS_brk),
        // Clocks and counters; qsort(3) queries the size of memory.
        IMAGEBED_IF_ALLOW(SYS_clock_gettime), IMAGEBED_IF_ALLOW(SYS_gettimeofday), IMAGEBED_IF_ALLOW(SYS_times),
        IMAGEBED_IF_ALLOW(SYS_sysinfo), IMAGEBED_IF_ALLOW(SYS_getrandom),
#ifdef SYS_time
        IMAGEBED_IF_ALLOW(SYS_time),
#endif
        // The process itself: pthread_once(3), abort(3), signal handlers, the file size limit.
        IMAGEBED_IF_ALLOW(SYS_getpid), IMAGEBED_IF_ALLOW(SYS_gettid), IMAGEBED_WITH(SYS_tgkill, 0, getpid()),
        IMAGEBED_IF_ALLOW(SYS_rt_sigaction), IMAGEBED_IF_ALLOW(SYS_rt_sigprocmask), IMAGEBED_IF_ALLOW(SYS_rt_sigreturn),
        IMAGEBED_IF_ALLOW(SYS_restart_syscall), IMAGEBED_IF_ALLOW(SYS_exit), IMAGEBED_IF_ALLOW(SYS_exit_group),
        IMAGEBED_UNLESS(SYS_futex, 11), IMAGEBED_ARGUMENT(1),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)), IMAGEBED_IF_ALLOW(FUTEX_WAIT),
        IMAGEBED_IF_ALLOW(FUTEX_WAKE), IMAGEBED_IF_ALLOW(FUTEX_WAIT_BITSET), IMAGEBED_IF_ALLOW(FUTEX_WAKE_BITSET), IMAGEBED_REFUSE,
        IMAGEBED_UNLESS(SYS_prlimit64, 6), IMAGEBED_ARGUMENT(0), IMAGEBED_UNLESS(0, 3), IMAGEBED_ARGUMENT(1),
        IMAGEBED_UNLESS(IMAGEBED_LIMIT_OF_FILE_SIZE, 1), IMAGEBED_ALLOW, IMAGEBED_REFUSE,
        IMAGEBED_REFUSE,
    };
    struct sock_fprog program = {.len = sizeof rules / sizeof rules[0], .filter = rules};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
