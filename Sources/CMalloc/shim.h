#pragma once
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#else
static inline int malloc_trim(size_t pad) {
  (void)pad;
  return 0;
}
#endif
