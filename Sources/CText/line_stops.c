#include "CText.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline int is_stop(uint8_t byte) { return byte == 0x0a || byte == 0x0d || byte == 0x1e; }

size_t sallyport_line_stops(const uint8_t *text, size_t count, uint32_t *stops) {
  size_t found = 0;
  size_t at = 0;
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8(0x0a), carriage = _mm_set1_epi8(0x0d), separator = _mm_set1_epi8(0x1e);
  for (; at + 64 <= count; at += 64) {
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)(text + at + 16 * part));
      __m128i stop = _mm_or_si128(
          _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)), _mm_cmpeq_epi8(bytes, separator));
      mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(stop) << (16 * part);
    }
    while (mask != 0) {
      stops[found++] = (uint32_t)(at + (size_t)__builtin_ctzll(mask));
      mask &= mask - 1;
    }
  }
#endif
  for (; at < count; at++) {
    if (is_stop(text[at])) stops[found++] = (uint32_t)at;
  }
  return found;
}
