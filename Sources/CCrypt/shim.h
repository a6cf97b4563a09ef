#pragma once
#include <crypt.h>

/* Bytes of the work area of crypt_rn; Swift does not see the size of a struct with so large an array. */
static const int crypt_work_size = sizeof(struct crypt_data);
