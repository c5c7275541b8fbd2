// Loaded beside a program, this makes it believe that it is two hours later.
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *moment) {
    long end = syscall(SYS_clock_gettime, clock, moment);
    if (end == 0 && clock == CLOCK_REALTIME) moment->tv_sec += 7200;
    return end;
}

time_t time(time_t *copy) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    if (copy) *copy = moment.tv_sec;
    return moment.tv_sec;
}
