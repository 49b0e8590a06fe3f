/// What a token is, with names, numbers and strings masked: signs as themselves, words of languages from 128 on.
enum TokenClass {
  static let name: UInt8 = 1
  static let number: UInt8 = 2
  static let string: UInt8 = 3
  /// A name that is the last one again; the next numbers stand for the one before that, and so on.
  static let repeated: UInt8 = 4

  /// Whether it says something of how code is built.
  @inline(__always)
  static func tells(_ unit: UInt8) -> Bool {
    unit >= repeated && unit != UInt8(ascii: ",") && unit != UInt8(ascii: ".") && unit != UInt8(ascii: ":")
  }

  /// Words that languages keep for themselves, one number for each: those of C and its
  /// relatives, Python, Rust, Go, Swift and JavaScript, but for those that may be names in one of the others.
  private static let words = """
    if else for while do switch case default break continue return goto function func fn def lambda class struct enum
    interface trait impl protocol extension namespace import from using use export public private protected static final
    const let var auto extern inline virtual override abstract new delete try catch except finally throw throws raise
    with as in is not and or async await yield self this super nil null none true false void int char float double bool
    long short unsigned signed template typename typedef where guard defer unsafe elif pass del global nonlocal assert
    sizeof instanceof typeof extends implements mut pub crate None True False
    """.split { $0 == " " || $0 == "\n" }.map(String.init)

  /// Slots by a word's number: the number, and its class. Sound: all is written before anybody has it, and never let go.
  nonisolated(unsafe) static let slots: UnsafePointer<(word: UInt64, unit: UInt8)> = {
    var slots = [(word: UInt64, unit: UInt8)](repeating: (0, 0), count: slotCount)
    for (number, word) in words.prefix(127).enumerated() {
      let word = wordNumber(of: word.utf8.reduce(0) { added($1, to: $0) }, length: word.utf8.count)
      var slot = slot(of: word)
      while slots[slot].unit != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = (word, UInt8(128 + number))
    }
    let memory = UnsafeMutablePointer<(word: UInt64, unit: UInt8)>.allocate(capacity: slotCount)
    memory.initialize(from: slots, count: slotCount)
    return UnsafePointer(memory)
  }()

  static let slotCount = 1024
  /// Letters of the longest.
  static let longestWord = 12

  @inline(__always)
  static func slot(of word: UInt64) -> Int { Int(truncatingIfNeeded: word >> 54) }

  /// One more letter: of up to nine, each changes bits of its own.
  @inline(__always)
  static func added(_ byte: UInt8, to letters: UInt64) -> UInt64 { (letters << 7 | letters >> 57) ^ UInt64(byte) }

  /// A word's number.
  @inline(__always)
  static func wordNumber(of letters: UInt64, length: Int) -> UInt64 {
    (letters ^ UInt64(truncatingIfNeeded: length)) &* 0x9e37_79b9_7f4a_7c15
  }
}
