#include "CText.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline int is_upper(uint8_t byte) { return (uint8_t)(byte - 'A') < 26; }

static inline int is_letter(uint8_t byte) { return byte >= 0x80 || (uint8_t)((byte | 0x20) - 'a') < 26; }

struct sallyport_letter_masks sallyport_letter_masks(const uint8_t *text, size_t count) {
  struct sallyport_letter_masks masks = {0, 0};
  size_t at = 0;
#if defined(__SSE2__)
  // Compares signed: what is below a bound after the letters were moved to the least values is one of them.
  const __m128i fold = _mm_set1_epi8(0x20), to_least = _mm_set1_epi8((char)(0x80 - 'a')),
                upper_to_least = _mm_set1_epi8((char)(0x80 - 'A')), bound = _mm_set1_epi8((char)(0x80 + 26));
  for (; at + 16 <= count; at += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(text + at));
    __m128i ascii = _mm_cmplt_epi8(_mm_add_epi8(_mm_or_si128(bytes, fold), to_least), bound);
    __m128i upper = _mm_cmplt_epi8(_mm_add_epi8(bytes, upper_to_least), bound);
    // The highest bit of each byte is that of the comparison, or that of a byte beyond ASCII.
    masks.letters |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(ascii, bytes)) << at;
    masks.upper |= (uint64_t)(uint32_t)_mm_movemask_epi8(upper) << at;
  }
#endif
  for (; at < count; at++) {
    masks.letters |= (uint64_t)is_letter(text[at]) << at;
    masks.upper |= (uint64_t)is_upper(text[at]) << at;
  }
  return masks;
}
