#include "CText.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline int is_kept(uint8_t byte) {
  return byte >= 0x80 || (uint8_t)(byte - '0') < 10 || (uint8_t)((byte | 0x20) - 'a') < 26;
}

static inline uint8_t folded(uint8_t byte) { return (uint8_t)(byte - 'A') < 26 ? byte | 0x20 : byte; }

static size_t portable_letters(const uint8_t *text, size_t from, size_t to, uint8_t *letters, int32_t *ends) {
  size_t kept = 0;
  for (size_t at = from; at < to; at++) {
    letters[kept] = folded(text[at]);
    ends[kept] = (int32_t)(at + 1);
    kept += (size_t)is_kept(text[at]);
  }
  return kept;
}

#if defined(__x86_64__)
// Squeezes 64 bytes together at once. Writes whole registers, of which what is behind the kept is written over.
__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt"))) static size_t squeezed_letters(
    const uint8_t *text, size_t from, size_t to, uint8_t *letters, int32_t *ends) {
  const __m512i blank = _mm512_set1_epi8(0x20), places = _mm512_setr_epi32(
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  size_t kept = 0;
  for (size_t at = from; at < to; at += 64) {
    __mmask64 there = to - at < 64 ? ((__mmask64)1 << (to - at)) - 1 : ~(__mmask64)0;
    __m512i bytes = _mm512_maskz_loadu_epi8(there, text + at);
    __mmask64 capital = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
    bytes = _mm512_or_si512(bytes, _mm512_maskz_mov_epi8(capital, blank));
    __mmask64 members = _mm512_movepi8_mask(bytes)
        | _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('0')), _mm512_set1_epi8(10))
        | _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    _mm512_storeu_si512(letters + kept, _mm512_maskz_compress_epi8(members, bytes));
    for (int part = 0; part < 4; part++) {
      __mmask16 of_part = (__mmask16)(members >> (16 * part));
      __m512i end = _mm512_add_epi32(places, _mm512_set1_epi32((int32_t)(at + 16 * (size_t)part)));
      _mm512_storeu_si512(ends + kept, _mm512_maskz_compress_epi32(of_part, end));
      kept += (size_t)__builtin_popcount(of_part);
    }
  }
  return kept;
}
#endif

size_t sallyport_folded_letters(const uint8_t *text, size_t from, size_t to, uint8_t *letters, int32_t *ends) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw")) {
    return squeezed_letters(text, from, to, letters, ends);
  }
#endif
  return portable_letters(text, from, to, letters, ends);
}
