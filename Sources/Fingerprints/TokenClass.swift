/// What a token is, with names, numbers and strings masked: signs as themselves, words of languages from 128 on.
enum TokenClass {
  static let name: UInt8 = 1
  static let number: UInt8 = 2
  static let string: UInt8 = 3

  /// Whether it says something of how code is built.
  @inline(__always)
  static func tells(_ unit: UInt8) -> Bool {
    unit > 3 && unit != UInt8(ascii: ",") && unit != UInt8(ascii: ".") && unit != UInt8(ascii: ":")
  }

  /// Words that languages keep for themselves, of whose meaning one number stands for each: those of C and its
  /// relatives, Python, Rust, Go, Swift, JavaScript, Ruby, SQL.
  private static let words = """
    if else for while do switch case default break continue return goto function func fn def lambda class struct enum
    union interface trait impl protocol extension namespace module package import include use using from export
    public private protected internal static final const let var mut auto extern inline virtual override abstract
    new delete try catch except finally throw throws raise with as in is not and or async await yield
    self this super null nil none true false void int char float double bool long short unsigned signed
    template typename typedef type where match guard defer select insert update set values into
    pub mod ref move unsafe crate elif pass del global nonlocal assert then end begin unless until
    sizeof instanceof typeof extends implements synchronized volatile
    """.split { $0 == " " || $0 == "\n" }.map(String.init)

  /// Slots by the low bits of a word's hash: the hash, and its class.
  static let slots: [(hash: UInt32, unit: UInt8)] = {
    var slots = [(hash: UInt32, unit: UInt8)](repeating: (0, 0), count: slotCount)
    for (number, word) in words.prefix(127).enumerated() {
      let hash = hash(of: word)
      var slot = Int(hash) & (slotCount - 1)
      while slots[slot].unit != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = (hash, UInt8(128 + number))
    }
    return slots
  }()

  static let slotCount = 1024
  static let longestWord = 12

  static func hash(of word: String) -> UInt32 {
    word.utf8.reduce(0) { added($1, to: $0) }
  }

  /// One more letter of a word, of either case.
  @inline(__always)
  static func added(_ byte: UInt8, to hash: UInt32) -> UInt32 { (hash &+ UInt32(byte | 0x20)) &* 0x9e37_79b1 ^ hash >> 15 }
}
