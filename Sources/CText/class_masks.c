#include "CText.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { block_bytes = 64 };

static void portable_masks(
    const uint8_t *text, const struct sallyport_byte_class *classes, size_t class_count, uint64_t *masks) {
  for (size_t number = 0; number < class_count; number++) {
    uint64_t mask = 0;
    for (size_t at = 0; at < block_bytes; at++) {
      uint8_t byte = text[at];
      uint64_t is_member = byte < 0x80 && (classes[number].high_halves[byte & 15] >> (byte >> 4) & 1);
      mask |= is_member << at;
    }
    masks[number] = mask;
  }
}

#if defined(__x86_64__)
// Shuffling looks up 32 halves of a byte at once, and gives 0 for what is beyond ASCII.
__attribute__((target("avx2"))) static void avx2_masks(
    const uint8_t *text, const struct sallyport_byte_class *classes, size_t class_count, uint64_t *masks) {
  const __m256i half = _mm256_set1_epi8(15), zero = _mm256_setzero_si256();
  const __m256i bit_of_half = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0));
  __m256i first = _mm256_loadu_si256((const __m256i *)text);
  __m256i second = _mm256_loadu_si256((const __m256i *)(text + 32));
  __m256i first_bit = _mm256_shuffle_epi8(bit_of_half, _mm256_and_si256(_mm256_srli_epi16(first, 4), half));
  __m256i second_bit = _mm256_shuffle_epi8(bit_of_half, _mm256_and_si256(_mm256_srli_epi16(second, 4), half));
  for (size_t number = 0; number < class_count; number++) {
    __m256i halves = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)classes[number].high_halves));
    __m256i in_first = _mm256_and_si256(_mm256_shuffle_epi8(halves, first), first_bit);
    __m256i in_second = _mm256_and_si256(_mm256_shuffle_epi8(halves, second), second_bit);
    uint32_t not_in_first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(in_first, zero));
    uint32_t not_in_second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(in_second, zero));
    masks[number] = ~((uint64_t)not_in_second << 32 | not_in_first);
  }
}
#endif

void sallyport_class_masks(
    const uint8_t *text, size_t count, const struct sallyport_byte_class *classes, size_t class_count, uint64_t *masks) {
  uint8_t rest[block_bytes];
  if (count < block_bytes) {
    memcpy(rest, text, count);
    memset(rest + count, 0x80, block_bytes - count);
    text = rest;
  }
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    avx2_masks(text, classes, class_count, masks);
    return;
  }
#endif
  portable_masks(text, classes, class_count, masks);
}

// The places at which so many members begin, of those that the word has all of.
static uint64_t rows(uint64_t members, unsigned count) {
  unsigned length = 1;
  while (length < count && members != 0) {
    unsigned more = length < count - length ? length : count - length;
    members &= members >> more;
    length += more;
  }
  return members;
}

size_t sallyport_row_start(
    const uint8_t *text, size_t count, const struct sallyport_byte_class *class, size_t least) {
  // Where the members begin that stand before the block.
  size_t open = 0;
  for (size_t block = 0; block < count; block += block_bytes) {
    size_t size = count - block < block_bytes ? count - block : block_bytes;
    uint64_t members;
    sallyport_class_masks(text + block, size, class, 1, &members);
    size_t first_other = members == ~UINT64_C(0) ? block_bytes : (size_t)__builtin_ctzll(~members);
    if (block + first_other - open >= least) return open;
    if (first_other == size) continue;
    uint64_t found = rows(members, (unsigned)least);
    if (found != 0) return block + (size_t)__builtin_ctzll(found);
    open = block + size - (size_t)__builtin_clzll(~(members << (block_bytes - size)));
  }
  return open;
}
