// What the thread sanitizer does not see of Swift's Mutex.
//
// A lock that is free is taken by code inlined where the sanitizer sees it; one that is held by somebody else is handed
// over by the kernel, in a library without a sanitizer. Without this, whatever a contended Mutex protects is reported.
// `.ci/sanitize thread` builds it and loads it before that library, whose functions it calls.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Where they are not, in the programs that start the tests, there is nothing to tell.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void unlock_slow(SELF) __asm__(UNLOCK);

typedef SWIFT void (*lock_function)(uint32_t thread, SELF);
typedef SWIFT void (*unlock_function)(SELF);

SWIFT void lock_slow(uint32_t thread, SELF) {
  static lock_function next;
  if (!next) next = (lock_function)dlsym(RTLD_NEXT, LOCK);
  next(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT void unlock_slow(SELF) {
  static unlock_function next;
  if (!next) next = (unlock_function)dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(self);
  next(self);
}
