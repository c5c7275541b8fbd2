// OpenSSL's low-level SHA-256 costs a responder 1.8 MB less resident memory than EVP, which loads providers; OpenSSL 3 declares it
// only for programs that request the 1.1 API. crypt(3) is in libcrypt (libxcrypt). Swift's Glibc lacks getrandom(2).
#pragma once
#ifndef OPENSSL_API_COMPAT
#define OPENSSL_API_COMPAT 0x10100000L
#endif
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/md5.h>
#include <openssl/crypto.h>
#include <crypt.h>
#include <sys/random.h>

static const int imagebed_crypt_output_size = CRYPT_OUTPUT_SIZE;

// crypt_data has 32 KB; the caller allocates it, so that no password stays in static memory.
// Returns 0 and a hash, or -1.
static inline int imagebed_crypt(const char *phrase, const char *setting, void *data, int size, char *hash) {
    if (size < (int)sizeof(struct crypt_data)) return -1;
    const char *made = crypt_rn(phrase, setting, data, size);
    if (made == 0 || made[0] == '*') return -1;
    int length = 0;
    while (made[length] != 0 && length < CRYPT_OUTPUT_SIZE - 1) { hash[length] = made[length]; length++; }
    hash[length] = 0;
    OPENSSL_cleanse(data, size);
    return 0;
}

static inline int imagebed_crypt_data_size(void) { return sizeof(struct crypt_data); }
