// Loaded beside the picture worker, this makes it believe that it is confined: so that a test can compare what it makes when it is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int prctl(int option, ...) {
    if (option == PR_SET_SECCOMP) return 0;
    va_list list;
    va_start(list, option);
    unsigned long a = va_arg(list, unsigned long), b = va_arg(list, unsigned long), c = va_arg(list, unsigned long), d = va_arg(list, unsigned long);
    va_end(list);
    return ((int (*)(int, ...))dlsym(RTLD_NEXT, "prctl"))(option, a, b, c, d);
}

// Landlock's calls are made by number.
long syscall(long number, ...) {
    if (number == 444) {
        errno = ENOSYS;
        return -1;
    }
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long), d = va_arg(list, long);
    va_end(list);
    return ((long (*)(long, ...))dlsym(RTLD_NEXT, "syscall"))(number, a, b, c, d);
}

// The call by which the worker tries its filter.
int socket(int domain, int type, int protocol) {
    (void)domain, (void)type, (void)protocol;
    errno = ENOSYS;
    return -1;
}
