#pragma once
#include <stdint.h>
#include <string.h>

/* Which of 64 or 16 bytes are of some kind, as bits: the lowest is the first byte. Swift's vectors have no way from a
   comparison to bits; processors have an instruction for it, or nearly so. */

#if defined(__SSE2__)
#include <emmintrin.h>

typedef __m128i scan_vector;

static inline scan_vector scan_load(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }
static inline scan_vector scan_equal(scan_vector v, uint8_t byte) {
  return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte));
}
static inline scan_vector scan_below_space(scan_vector v) {
  return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
}
static inline scan_vector scan_or(scan_vector a, scan_vector b) { return _mm_or_si128(a, b); }
static inline uint64_t scan_bits(scan_vector v) { return (uint64_t)(uint32_t)_mm_movemask_epi8(v); }

#elif defined(__ARM_NEON)
#include <arm_neon.h>

typedef uint8x16_t scan_vector;

static inline scan_vector scan_load(const uint8_t *bytes) { return vld1q_u8(bytes); }
static inline scan_vector scan_equal(scan_vector v, uint8_t byte) { return vceqq_u8(v, vdupq_n_u8(byte)); }
static inline scan_vector scan_below_space(scan_vector v) { return vcltq_u8(v, vdupq_n_u8(0x20)); }
static inline scan_vector scan_or(scan_vector a, scan_vector b) { return vorrq_u8(a, b); }
static inline uint64_t scan_bits(scan_vector v) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t weighted = vandq_u8(v, vld1q_u8(weights));
  return (uint64_t)vaddv_u8(vget_low_u8(weighted)) | (uint64_t)vaddv_u8(vget_high_u8(weighted)) << 8;
}

#else

typedef struct { uint8_t bytes[16]; } scan_vector;

static inline scan_vector scan_load(const uint8_t *bytes) {
  scan_vector v;
  memcpy(v.bytes, bytes, 16);
  return v;
}
static inline scan_vector scan_equal(scan_vector v, uint8_t byte) {
  for (int i = 0; i < 16; i++) v.bytes[i] = v.bytes[i] == byte;
  return v;
}
static inline scan_vector scan_below_space(scan_vector v) {
  for (int i = 0; i < 16; i++) v.bytes[i] = v.bytes[i] < 0x20;
  return v;
}
static inline scan_vector scan_or(scan_vector a, scan_vector b) {
  for (int i = 0; i < 16; i++) a.bytes[i] |= b.bytes[i];
  return a;
}
static inline uint64_t scan_bits(scan_vector v) {
  uint64_t bits = 0;
  for (int i = 0; i < 16; i++) bits |= (uint64_t)(v.bytes[i] & 1) << i;
  return bits;
}
#endif

/* What a block of 64 bytes has that ends fields of CSV, or holds them together. */
typedef struct {
  uint64_t separators; /* commas and line feeds */
  uint64_t quotes;
} scan_csv_block;

static inline scan_csv_block scan_csv(const uint8_t *bytes) {
  scan_csv_block block = {0, 0};
  for (int i = 0; i < 4; i++) {
    scan_vector v = scan_load(bytes + 16 * i);
    block.separators |= scan_bits(scan_or(scan_equal(v, ','), scan_equal(v, '\n'))) << (16 * i);
    block.quotes |= scan_bits(scan_equal(v, '"')) << (16 * i);
  }
  return block;
}

/* Which of 16 bytes may not stand in a string of JSON as they are: quotes, backslashes, control characters. */
static inline uint64_t scan_json_stops(const uint8_t *bytes) {
  scan_vector v = scan_load(bytes);
  return scan_bits(scan_or(scan_or(scan_equal(v, '"'), scan_equal(v, '\\')), scan_below_space(v)));
}
