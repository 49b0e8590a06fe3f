internal import Evidence

/// Words that tell, written backwards or in rot13, that the text around them is turned: those that most texts, records
/// and settings have, and those that detectors want near their matches.
struct TurnedWords: Sendable {
  /// One of them, turned.
  struct Word: Sendable {
    let turn: Turn
    /// How much it says: short ones come about by chance, and those of three letters that only detectors know say
    /// nothing but in a short text.
    let weight: Int
  }

  /// By hash. None is a word of a detector as it stands.
  let words: [UInt64: Word]
  /// Of these and of the phrases that lead to patterns, so that a text is read once.
  let filter: PhraseFilter

  init(of rules: [DetectorRule], beside phrases: LeadPhrases) {
    let known = Self.words(of: rules)
    var words: [UInt64: Word] = [:]
    for word in known.union(Self.telling).union(Self.common) {
      for (turn, turned) in Self.turned(word) {
        let hash = WordHash.of(turned)
        guard !known.contains(String(decoding: turned, as: UTF8.self)), phrases.numbers[hash] == nil else { continue }
        words[hash] = Word(turn: turn, weight: Self.weight(of: word))
      }
    }
    self.words = words
    var filter = phrases.filter
    for hash in words.keys { filter.insert(hash, ending: hash) }
    self.filter = filter
  }

  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    words = try archive.dictionary { archive throws(DamagedArchive) in
      (try archive.read(), Word(turn: try archive.oneOf(), weight: try archive.read()))
    }
    filter = try archive.value()
  }

  /// What words of one turn have to weigh together for a passage to be read turned.
  static let enough = 3

  private static func weight(of word: String) -> Int {
    if telling.contains(word) { return enough }
    switch word.count {
    case ...3: return common.contains(word) ? 1 : 0
    case 4: return 2
    default: return enough
    }
  }

  /// Letters that a word has at least.
  private static let shortest = 3

  private static func words(of rules: [DetectorRule]) -> Set<String> {
    var words: Set<String> = []
    for text in rules.flatMap({ ($0.context?.words ?? []) + $0.keywords }) {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) where word.count >= shortest {
        words.insert(String(word))
      }
    }
    return words
  }

  /// A word beyond ASCII is turned letter by letter or byte by byte, as it stands in a text, a title or a heading.
  private static func turned(_ word: String) -> [(Turn, [UInt8])] {
    guard word.utf8.contains(where: { $0 >= 0x80 }) else {
      let turned = Turn.allCases.map { ($0, $0.turned(Array(word.utf8))) }
      return turned.filter { !ordinary.contains(String(decoding: $0.1, as: UTF8.self)) }
    }
    return [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()].flatMap { form in
      [(Turn.reversed, Array(String(form.reversed()).utf8)), (Turn.reversed, Array(form.utf8.reversed()))]
    }
  }

  /// Names of secrets: one of them is enough.
  private static let telling: Set<String> = [
    "key", "token", "secret", "passwd", "password", "apikey", "bearer", "credential", "credentials", "login",
  ]

  /// The most frequent words of English texts, and those of records, settings and requests.
  private static let common: Set<String> = [
    "the", "and", "for", "you", "with", "that", "this", "from", "have", "will", "your", "they", "what", "which",
    "there", "their", "about", "would", "when", "then", "other", "into", "than", "only", "also", "could", "should",
    "please", "ignore", "previous", "instructions", "system", "message", "prompt", "content", "role", "value",
    "field", "record", "table", "line", "file", "entry", "word", "words", "name", "first", "last", "email", "mail",
    "phone", "mobile", "number", "address", "street", "city", "country", "date", "birth", "born", "account", "bank",
    "card", "code", "tax", "user", "username", "customer", "client", "patient", "employee", "company", "order",
    "invoice", "payment", "amount", "identity", "passport", "social", "security", "national", "insurance", "licence",
    "license", "health", "private", "public", "access", "auth", "authorization", "service", "server", "host", "http",
    "https", "api", "url", "database", "connection", "config", "export", "type", "title", "text", "true", "false",
    "null", "new", "all", "can", "use",
  ]

  /// Words that are others turned, and stand in ordinary texts.
  private static let ordinary: Set<String> = [
    "dna", "nor", "rot", "era", "was", "saw", "eva", "reward", "drawer", "timer", "remit", "parts", "strap", "emit",
    "time", "edit", "tide", "live", "evil", "trap", "part", "loop", "pool", "star", "rats", "flow", "wolf", "keep",
    "peek", "stop", "spot", "ports", "strop", "naive", "state", "terra", "green", "gnat", "tang", "ant", "nag", "one",
    "bar", "elif", "esac", "doc", "non", "mon", "arg", "man", "inc", "div", "avx", "let", "cat", "msg", "die", "pss",
    "ben", "ibm", "pie", "icu", "red", "pic", "ing", "led", "cur", "san", "mis", "cam", "sit", "gap", "ast", "rpc",
    "spa", "den", "wen", "ipa", "lru", "hey", "fan", "dim", "bom", "cos", "ten", "bio", "sal", "ips", "fer", "nav",
    "pci", "nat", "pen", "esp", "ind", "sap", "tes", "sip", "lat", "pip", "dip", "ark", "sib", "exes", "angry",
    "jung", "esaf", "drow",
  ]
}

extension TurnedWords: ArchivedValue {
  func write(to archive: inout ArchiveWriter) {
    archive.write(words) { archive, word in
      archive.write(word.key)
      archive.write(oneOf: word.value.turn)
      archive.write(word.value.weight)
    }
    archive.write(filter)
  }
}
