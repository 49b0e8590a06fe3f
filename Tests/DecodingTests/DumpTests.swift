internal import Decoding
internal import Testing

/// What was looked at with `xxd`, `hexdump`, `od` and others is read as what it was.
@Suite struct DumpTests {
  /// Each as Debian 12's program, or PowerShell 7.4, writes it of `sally_key=0123456789 abcdef\n`.
  private static let written = [
    """
    00000000: 7361 6c6c 795f 6b65 793d 3031 3233 3435  sally_key=012345
    00000010: 3637 3839 2061 6263 6465 660a            6789 abcdef.
    """,
    """
    00000000: 73616c6c 795f6b65 793d3031 32333435  sally_key=012345
    00000010: 36373839 20616263 6465660a           6789 abcdef.
    """,
    """
    00000000: 73 61 6c 6c 79 5f 6b 65  sally_ke
    00000008: 79 3d 30 31 32 33 34 35  y=012345
    00000010: 36 37 38 39 20 61 62 63  6789 abc
    00000018: 64 65 66 0a              def.
    """,
    """
    00000000  73 61 6c 6c 79 5f 6b 65  79 3d 30 31 32 33 34 35  |sally_key=012345|
    00000010  36 37 38 39 20 61 62 63  64 65 66 0a              |6789 abcdef.|
    0000001c
    """,
    """
    0000000 6173 6c6c 5f79 656b 3d79 3130 3332 3534
    0000010 3736 3938 6120 6362 6564 0a66
    000001c
    """,
    """
    0000000 060563 066154 057571 062553 036571 030460 031462 032464
    0000020 033466 034470 060440 061542 062544 005146
    0000034
    """,
    """
    0000000 6c6c6173 656b5f79 31303d79 35343332
    0000020 39383736 63626120 0a666564
    0000034
    """,
    """
    0000000 163 141 154 154 171 137 153 145 171 075 060 061 062 063 064 065
    0000020 066 067 070 071 040 141 142 143 144 145 146 012
    0000034
    """,
    """
    0000000   s   a   l   l   y   _   k   e   y   =   0   1   2   3   4   5
    0000020   6   7   8   9       a   b   c   d   e   f  \\n
    0000034
    """,
    """
    000000 73 61 6c 6c 79 5f 6b 65 79 3d 30 31 32 33 34 35  >sally_key=012345<
    000010 36 37 38 39 20 61 62 63 64 65 66 0a              >6789 abcdef.<
    00001c
    """,
    """
    0000000 73 61 6c 6c 79 5f 6b 65 79 3d 30 31 32 33 34 35
    0000016 36 37 38 39 20 61 62 63 64 65 66 0a
    0000028
    """,
    "\t0x0000:  7361 6c6c 795f 6b65 793d 3031 3233 3435  sally_key=012345\n"
      + "\t0x0010:  3637 3839 2061 6263 6465 660a            6789.abcdef.",
    """
    00000000000000000000 73 61 6C 6C 79 5F 6B 65 79 3D 30 31 32 33 34 35 sally_key=012345
    00000000000000000010 36 37 38 39 20 61 62 63 64 65 66 0A             6789 abcdef\u{fffd}
    """,
  ]

  private func read(_ text: String) -> [String] {
    decode(Array(text.utf8)).collector.readings.values.filter { $0.layers == ["dump"] }.map(\.text)
  }

  @Test("a dump is the bytes that it shows", arguments: written)
  func dumps(_ dump: String) { #expect(read(dump) == ["sally_key=0123456789 abcdef\n"]) }

  @Test("a dump is read wherever it stands", arguments: written)
  func places(_ dump: String) {
    let text = "$ show\n00 lines\n" + dump + "\n0 errors\n\n" + dump + "\r\n"
    let both = "sally_key=0123456789 abcdef\n"
    #expect(read(text) == [both + "\u{1e}" + both])
    #expect(read(dump.split(separator: "\n").joined(separator: "\r\n")) == [both])
  }

  @Test(
    "a dump is read wherever its file begins",
    arguments: [
      "7fff0000: 7361 6c6c 795f 6b65 793d 3031 3233 3435  sally_key=012345\n7fff0010: 3637 3839",
      "4000000 163 141 154 154 171 137 153 145 171 075 060 061 062 063 064 065\n4000020 066 067 070 071",
      "deadbe0  73 61 6c 6c 79 5f 6b 65  79 3d 30 31 32 33 34 35  |sally_key=012345|\ndeadbf0  36 37 38 39",
      "00000000: 73 61 6c 6c 79 5f 6b 65  79 3d 30 31 32 33 34 35  sally_key=012345\n00000010: 36 37 38 39",
      "00000000: 73 61 6c 6c 79 5f 6b 65  sally_ke\n00000008: 79 3d 30 31 32 33 34 35  de ad be\n00000010: 36 37 38 39",
    ])
  func offsets(_ dump: String) { #expect(read(dump) == ["sally_key=0123456789"]) }

  @Test("lines that were left out since they repeat do not end a dump")
  func gap() {
    let run =
      "00000000: 6162 6364 6566 6768 696a 6b6c 6d6e 6f70  abcdefghijklmnop\n"
      + "00000010: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n*\n"
      + "00000040: 7361 6c6c 795f 6b65 793d 3031 3233 3435  sally_key=012345\n"
    #expect(read(run) == ["abcdefghijklmnop" + String(repeating: "\0", count: 16) + "sally_key=012345"])
  }

  @Test(
    "other lines with numbers are none",
    arguments: [
      "0000 1234\n0001 1234\n0002 5678", "01234567 word\n01234568 word", "00:01:02 abcd\n00:01:04 abcd",
      "000000\n000001\n000002", "0x1000: mov eax\n0x1004: ret", "  0001  12\n  0099  13",
      "00000000: 7361 6c6c\n00000010: 3637 3839", "1001 12\n1002 34\n1003 56", "2024 10 11\n2025 12 13",
      "00000010: 7361 6c6c\n00000000: 3637 3839",
    ])
  func others(_ text: String) { #expect(read(text) == []) }

  @Test("each byte is in its line, behind the offset and with the text beside it")
  func spans() throws {
    let text = Array(("of a file:\n" + Self.written[0]).utf8)
    let reading = try #require(decode(text).collector.readings.values.first { $0.layers == ["dump"] })
    let lines = reading.spans.map { String(decoding: text[$0], as: UTF8.self) }
    #expect(lines.first == "7361 6c6c 795f 6b65 793d 3031 3233 3435  sally_key=012345")
    #expect(lines.last == "3637 3839 2061 6263 6465 660a            6789 abcdef.")
  }

  @Test("a dump is read wherever the message is split", arguments: written)
  func splits(_ dump: String) {
    let text = Array(("of a file:\n" + dump + "\nend").utf8)
    let whole = decode(text).collector.readings
    for cut in 1..<text.count { #expect(decode(text, cuts: [cut]).collector.readings == whole, "\(cut)") }
    #expect(decode(text, cuts: Array(1..<text.count)).collector.readings == whole)
  }
}
