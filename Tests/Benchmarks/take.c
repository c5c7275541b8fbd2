// What an upload costs at least, for uploads.py: a FastCGI responder that does nothing but read the body and write it to a file.
//
//   take FOLDER        a file of its own for each body
//   take FOLDER log    as durably as the site: a nameless file is written and synced, gets its name, its folder is synced, and 12 KB,
//                      which is what the database writes for a row, are added to a log and synced

#define _GNU_SOURCE
#include <fcgiapp.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char chunk[64 << 10], row[12 << 10];

static void must(int done, const char *what) {
    if (!done) { perror(what); exit(1); }
}

static void take(FCGX_Stream *body, int file) {
    int count;
    while ((count = FCGX_GetStr(chunk, sizeof chunk, body)) > 0) must(write(file, chunk, count) == count, "write");
}

static void publish(int file, int folder, const char *name, int log) {
    char own[64];
    snprintf(own, sizeof own, "/proc/self/fd/%d", file);
    must(fsync(file) == 0, "sync the file");
    must(linkat(AT_FDCWD, own, folder, name, AT_SYMLINK_FOLLOW) == 0, "name the file");
    must(fsync(folder) == 0, "sync the folder");
    must(write(log, row, sizeof row) == sizeof row && fdatasync(log) == 0, "sync the log");
}

int main(int count, char **words) {
    FCGX_Request request;
    char name[64];
    int isDurable = count > 2;
    int folder = open(words[1], O_RDONLY | O_DIRECTORY);
    int log = isDurable ? openat(folder, "log", O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    must(folder >= 0 && (log >= 0 || !isDurable), words[1]);
    FCGX_Init();
    FCGX_InitRequest(&request, 0, 0);
    for (long number = 0; FCGX_Accept_r(&request) == 0; number++) {
        snprintf(name, sizeof name, "%d-%ld.jpg", getpid(), number);
        int file = isDurable ? openat(folder, ".", O_TMPFILE | O_WRONLY, 0600) : openat(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
        must(file >= 0, name);
        take(request.in, file);
        if (isDurable) publish(file, folder, name, log);
        close(file);
        FCGX_FPrintF(request.out, "Content-Type: application/json; charset=utf-8\r\n\r\n{\"name\":\"%s\"}", name);
        FCGX_Finish_r(&request);
    }
    return 0;
}
