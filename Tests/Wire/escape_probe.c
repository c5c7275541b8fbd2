// A decoder that a picture has taken over. It is loaded before the worker's libraries and stands in the place of the function that gets
// the bytes of the picture; when these hold the word below, it tries each way out and writes a line for each: name, result, errno.
// Loaded into any other program with PROBE_NOW set, it tries the same at once: whatever is refused there too proves nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const char word[] = "TRY TO ESCAPE";

#define TRY(name, attempt) do { errno = 0; long result = (long)(attempt); \
    dprintf(1, "%s\t%ld\t%s\n", name, result, result < 0 ? strerrorname_np(errno) : "-"); } while (0)
#define CALL(name, ...) TRY(name, syscall(__VA_ARGS__))

static const char *in_folder(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("PROBE_FOLDER"), name);
    return path;
}

static const char *of_victim(const char *name) {
    static char path[64];
    snprintf(path, sizeof path, "/proc/%s/%s", getenv("PROBE_VICTIM"), name);
    return path;
}

static void try_files(void) {
    struct { unsigned bytes; int type; char handle[128]; } handle = {.bytes = 128};
    int mount;
    struct { unsigned long long flags, mode, resolve; } how = {0};
    TRY("read the secret", open(in_folder("secret"), O_RDONLY));
    TRY("read a file of the system", open("/etc/passwd", O_RDONLY));
    TRY("change the secret", open(in_folder("secret"), O_WRONLY));
    TRY("make a file in web", open(in_folder("web/new"), O_WRONLY | O_CREAT, 0644));
    TRY("make a nameless file", open(in_folder("web"), O_TMPFILE | O_RDWR, 0600));
    TRY("read a folder", open(in_folder("."), O_RDONLY | O_DIRECTORY));
    TRY("name a place", open(in_folder("."), O_PATH));
    CALL("openat2", SYS_openat2, AT_FDCWD, in_folder("secret"), &how, sizeof how);
    TRY("cut a file", truncate(in_folder("web/old"), 0));
    TRY("rename", rename(in_folder("web/old"), "/nowhere/new"));
    TRY("link", link(in_folder("secret"), "/nowhere/new"));
    TRY("symbolic link", symlink("/etc", in_folder("web/link")));
    TRY("make a folder", mkdir(in_folder("web/folder"), 0755));
    TRY("make a FIFO", mkfifo(in_folder("web/fifo"), 0600));
    TRY("change a mode", chmod(in_folder("secret"), 0644));
    TRY("change a time", utimensat(AT_FDCWD, in_folder("secret"), NULL, 0));
    TRY("remove a file", unlink(in_folder("web/other")));
    TRY("inherited folder", openat(9, "secret", O_RDONLY));
    CALL("name_to_handle_at", SYS_name_to_handle_at, AT_FDCWD, in_folder("secret"), &handle, &mount, 0);
    CALL("open_by_handle_at", SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY);
    TRY("watch files", inotify_init1(0));
    TRY("chroot", chroot(in_folder(".")));
    TRY("go to a folder", chdir(in_folder(".")));
    CALL("mount", SYS_mount, "none", in_folder("."), "tmpfs", 0, NULL);
    CALL("open_tree", SYS_open_tree, AT_FDCWD, in_folder("."), 0);
}

static long forked(void) {
    long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    return child;
}

static void try_processes(int victim) {
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
    siginfo_t info = {.si_code = SI_QUEUE};
    struct rlimit found, limit = {128, 128};
    TRY("memory of another process", open(of_victim("mem"), O_RDONLY));
    TRY("environment of another process", open(of_victim("environ"), O_RDONLY));
    TRY("own memory as a file", open("/proc/self/mem", O_RDWR));
    CALL("process_vm_readv", SYS_process_vm_readv, victim, &here, 0, &there, 0, 0);
    CALL("process_vm_writev", SYS_process_vm_writev, victim, &here, 0, &there, 0, 0);
    CALL("ptrace", SYS_ptrace, PTRACE_SEIZE, victim, NULL, NULL);
    CALL("pidfd_open", SYS_pidfd_open, victim, 0);
    CALL("pidfd_getfd", SYS_pidfd_getfd, 1, 0, 0);
    CALL("kcmp", SYS_kcmp, victim, getpid(), 0, 0, 0);
    TRY("signal the parent", syscall(SYS_kill, atoi(getenv("PROBE_PARENT")), 0));
    TRY("signal a process", syscall(SYS_kill, victim, 0));
    CALL("signal a thread", SYS_tgkill, victim, victim, 0);
    CALL("queue a signal", SYS_rt_sigqueueinfo, victim, 0, &info);
    TRY("have a signal sent", fcntl(3, F_SETOWN, victim));
    CALL("limits of a process", SYS_prlimit64, victim, RLIMIT_FSIZE, NULL, &found);
    CALL("more descriptors", SYS_prlimit64, 0, RLIMIT_NOFILE, &limit, NULL);
    TRY("priority of a process", setpriority(PRIO_PROCESS, victim, 19));
    CALL("processors of a process", SYS_sched_getaffinity, victim, sizeof found, &found);
    TRY("make a process", forked());
    CALL("make a thread", SYS_clone, CLONE_VM | CLONE_THREAD, 0, 0, 0, 0);
    CALL("clone3", SYS_clone3, NULL, 0);
    CALL("leave namespaces", SYS_unshare, CLONE_FILES);
    CALL("setns", SYS_setns, 3, 0);
    CALL("setuid", SYS_setuid, getuid());
    CALL("setresuid", SYS_setresuid, -1, -1, -1);
    CALL("setgroups", SYS_setgroups, 0, NULL);
    CALL("setsid", SYS_setsid);
    CALL("capset", SYS_capset, NULL, NULL);
    CALL("personality", SYS_personality, 0xFFFFFFFF);
}

static long shared(void) {
    long memory = syscall(SYS_shmget, 0, 4096, 0600);
    if (memory >= 0) syscall(SYS_shmctl, memory, 0, NULL);
    return memory;
}

static void try_kernel(void) {
    char large[128] = {0};
    int pair[2];
    CALL("show the memory again", SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
    CALL("change the name", SYS_prctl, PR_SET_NAME, "other", 0, 0, 0);
    CALL("outlive the parent", SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0);
    TRY("socket of the network", socket(AF_INET, SOCK_STREAM, 0));
    TRY("socket of the machine", socket(AF_UNIX, SOCK_STREAM, 0));
    TRY("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    TRY("connect", connect(1, NULL, 0));
    TRY("send", sendto(1, "x", 1, 0, NULL, 0));
    TRY("pipe", pipe(pair));
    CALL("io_uring_setup", SYS_io_uring_setup, 1, large);
    CALL("bpf", SYS_bpf, 11, large, sizeof large);
    CALL("keyctl", SYS_keyctl, 0, -3, 0);
    CALL("add_key", SYS_add_key, "user", "probe", "x", 1, -3);
    CALL("userfaultfd", SYS_userfaultfd, 1);
    CALL("perf_event_open", SYS_perf_event_open, large, 0, -1, -1, 0);
    CALL("another filter", SYS_seccomp, 2, 0, NULL);
    CALL("landlock_create_ruleset", 444, NULL, 0, 1);
    CALL("timer_create", SYS_timer_create, 0, NULL, large);
    CALL("terminal", SYS_ioctl, 1, FIOCLEX, 0);
    CALL("system's name", SYS_uname, NULL);
    CALL("message queue", SYS_mq_open, NULL, O_RDWR, 0, NULL);
    TRY("shared memory", shared());
    CALL("number that no kernel knows", 4000);
}

static void try_memory(void) {
    static char page[8192] __attribute__((aligned(4096)));
    TRY("memory for code", mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    TRY("memory for code that is written", mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    TRY("code out of a picture", mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, 3, 0));
    TRY("code out of data", mprotect(page, 4096, PROT_READ | PROT_EXEC));
    CALL("pkey_mprotect", SYS_pkey_mprotect, page, 4096, PROT_READ | PROT_EXEC, -1);
    TRY("memory that others see", mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0));
    CALL("memfd_create", SYS_memfd_create, "probe", 0);
}

// What is inherited: the source is to be read, the slot to be held, the target alone to be written.
static void try_descriptors(int slot) {
    CALL("write to the picture", SYS_write, 3, "x", 1);
    CALL("write into the picture", SYS_pwrite64, 3, "x", 1, 0);
    TRY("cut the picture", ftruncate(3, 0));
    TRY("write to the slot", write(slot, "x", 1));
    TRY("copy the slot", dup(slot));
    TRY("copy the slot by fcntl", fcntl(slot, F_DUPFD, 0));
    TRY("copy onto the target", dup2(slot, 4));
    CALL("give the slot back", SYS_flock, slot, 8);
    CALL("sendfile", SYS_sendfile, slot, 3, NULL, 1);
    CALL("copy_file_range", SYS_copy_file_range, 3, NULL, slot, NULL, 1, 0);
    CALL("splice", SYS_splice, 3, NULL, 1, NULL, 1, 0);
    CALL("fallocate", SYS_fallocate, slot, 0, 0, 4096);
    TRY("change the mode of the slot", fchmod(slot, 0666));
    TRY("listen to events", syscall(SYS_epoll_create1, 0));
    dprintf(1, "open");
    for (int number = 0; number < 64; number++) if (fcntl(number, F_GETFL) >= 0) dprintf(1, " %d", number);
    dprintf(1, "\n");
}

static void try_all(void) {
    try_descriptors(atoi(getenv("PROBE_SLOT")));
    try_files();
    try_processes(atoi(getenv("PROBE_VICTIM")));
    try_kernel();
    try_memory();
}

// These end the process where they succeed.
static void try_fatal(void) {
    char *words[] = {"true", NULL};
    CALL("execve", SYS_execve, "/bin/true", words, NULL);
    CALL("execveat", SYS_execveat, AT_FDCWD, "/bin/true", words, NULL, 0);
    dprintf(1, "end\n");
#ifdef __x86_64__
    CALL("numbers of x32", 0x40000000 | SYS_getpid);
    // The numbers of 32 bits: 20 is getpid.
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(20L) : "memory", "r8", "r9", "r10", "r11");
    dprintf(1, "numbers of 32 bits\t%ld\t-\n", result);
#endif
}

static void try_if_told(const void *bytes, size_t count) {
    if (memmem(bytes, count, word, sizeof word - 1) == NULL) return;
    if (getenv("PROBE_ABORT") != NULL) abort();
    try_all();
    try_fatal();
    _exit(0);
}

int MagickReadImageBlob(void *wand, const void *bytes, size_t count) {
    try_if_told(bytes, count);
    return ((int (*)(void *, const void *, size_t))dlsym(RTLD_NEXT, "MagickReadImageBlob"))(wand, bytes, count);
}

int xmlParseChunk(void *parser, const char *bytes, int count, int last) {
    try_if_told(bytes, (size_t)count);
    return ((int (*)(void *, const char *, int, int))dlsym(RTLD_NEXT, "xmlParseChunk"))(parser, bytes, count, last);
}

__attribute__((constructor)) static void try_now(void) {
    if (getenv("PROBE_NOW") == NULL) return;
    try_all();
    dprintf(1, "end\n");
    _exit(0);
}
