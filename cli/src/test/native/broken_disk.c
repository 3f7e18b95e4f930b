/*
 * A disk with one bad sector, for tests: preloaded into a process, it answers reads of the sector with EIO. The file named
 * by BROKEN_DISK holds an inode's number and the sector's first byte, and is looked at again before each read. Reads that
 * begin before the sector end there, as the kernel's do. Memory mapped from the sector raises SIGBUS.
 *
 * cc -shared -fPIC -o broken_disk.so broken_disk.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SECTOR = 512 };

/* The bad sector's first byte in this descriptor's file; -1 where it has none. */
static off_t sector(int descriptor) {
    const char *control = getenv("BROKEN_DISK");
    char text[64];
    struct stat status;
    unsigned long long inode;
    long long first;
    if (control == NULL || descriptor < 0) return -1;
    int file = syscall(SYS_openat, AT_FDCWD, control, O_RDONLY);
    if (file < 0) return -1;
    ssize_t length = syscall(SYS_read, file, text, sizeof text - 1);
    syscall(SYS_close, file);
    if (length <= 0) return -1;
    text[length] = 0;
    if (sscanf(text, "%llu %lld", &inode, &first) != 2 || fstat(descriptor, &status) != 0) return -1;
    return status.st_ino == inode ? first : -1;
}

/* How much of a read succeeds; -1 with errno where nothing does. */
static ssize_t readable(int descriptor, off_t at, size_t bytes) {
    off_t bad = sector(descriptor);
    if (bad < 0 || at < 0 || at >= bad + SECTOR || at + (off_t) bytes <= bad) return bytes;
    if (at < bad) return bad - at;
    errno = EIO;
    return -1;
}

ssize_t read(int descriptor, void *into, size_t bytes) {
    ssize_t some = readable(descriptor, lseek(descriptor, 0, SEEK_CUR), bytes);
    return some < 0 ? -1 : syscall(SYS_read, descriptor, into, some);
}

ssize_t pread64(int descriptor, void *into, size_t bytes, off_t at) {
    ssize_t some = readable(descriptor, at, bytes);
    return some < 0 ? -1 : syscall(SYS_pread64, descriptor, into, some, at);
}

ssize_t pread(int descriptor, void *into, size_t bytes, off_t at) {
    return pread64(descriptor, into, bytes, at);
}

ssize_t readv(int descriptor, const struct iovec *parts, int count) {
    return count == 0 ? 0 : read(descriptor, parts[0].iov_base, parts[0].iov_len);
}

/* Copies inside the kernel fail, so that callers fall back to reading. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *into, size_t bytes, unsigned flags) {
    if (sector(from) >= 0) {
        errno = ENOSYS;
        return -1;
    }
    return syscall(SYS_copy_file_range, from, at, to, into, bytes, flags);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t bytes) {
    if (sector(from) >= 0) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_sendfile, to, from, at, bytes);
}

void *mmap64(void *address, size_t bytes, int protection, int flags, int descriptor, off64_t at) {
    char *memory = (char *) syscall(SYS_mmap, address, bytes, protection, flags, descriptor, at);
    off_t bad = sector(descriptor);
    long page = sysconf(_SC_PAGESIZE);
    if (memory == MAP_FAILED || bad < 0) return memory;
    off_t first = bad / page * page;
    if (first < at || first >= at + (off_t) bytes) return memory;
    int empty = memfd_create("empty", 0); /* memory behind a file's end raises SIGBUS */
    syscall(SYS_mmap, memory + (first - at), page, protection, flags | MAP_FIXED, empty, 0L);
    syscall(SYS_close, empty);
    return memory;
}

void *mmap(void *address, size_t bytes, int protection, int flags, int descriptor, off_t at) {
    return mmap64(address, bytes, protection, flags, descriptor, at);
}
