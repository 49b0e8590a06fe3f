#pragma once

#include <stddef.h>
#include <stdint.h>

// Finds where lines of a message's text stop: at LF, CR and RECORD SEPARATOR (0x1e).
//
// Swift has no way to ask which lanes of a vector are set, and a call of memchr for each line costs more than the line.
//
// Writes the offsets of all stops of the text, in order; `stops` has room for as many as the text has bytes.
// Returns how many there are.
size_t sallyport_line_stops(const uint8_t *text, size_t count, uint32_t *stops);

// Which bytes of a text are letters: those of ASCII and all beyond it; and which are capital letters of ASCII.
struct sallyport_letter_masks {
  // The lowest bit is the first byte's.
  uint64_t letters;
  uint64_t upper;
};

// Tells the letters among up to 64 bytes.
struct sallyport_letter_masks sallyport_letter_masks(const uint8_t *text, size_t count);

// What tells the members of a class of ASCII: for each low half of a byte, a bit for every high half.
struct sallyport_byte_class {
  uint8_t high_halves[16];
};

// Adds a byte of ASCII to a class.
static inline void sallyport_insert(struct sallyport_byte_class *members, uint8_t byte) {
  members->high_halves[byte & 15] |= (uint8_t)(1 << (byte >> 4));
}

// Tells which of up to 64 bytes are in each of some classes; no byte beyond ASCII is in any.
//
// The lowest bit of a mask is the first byte's. `masks` has room for as many as there are classes.
void sallyport_class_masks(
    const uint8_t *text, size_t count, const struct sallyport_byte_class *classes, size_t class_count, uint64_t *masks);

// Finds the first members of a class in a row of which there are at least so many; at most 64.
//
// Returns where they begin; where there are none, where those begin that the text ends with, which may be its end.
size_t sallyport_row_start(
    const uint8_t *text, size_t count, const struct sallyport_byte_class *class, size_t least);

// Keeps what formatting does not change of the bytes `from ..< to` of a text: letters of ASCII in lower case, digits, and all
// bytes beyond ASCII.
//
// Writes each one to `letters`, and to `ends` one more than its offset in the text. Both have room for 64 more than the bytes
// that are read. Returns how many there are.
size_t sallyport_folded_letters(const uint8_t *text, size_t from, size_t to, uint8_t *letters, int32_t *ends);
