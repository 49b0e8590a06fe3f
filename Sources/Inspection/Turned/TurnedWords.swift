internal import Evidence

/// Words that tell, written backwards or in rot13, that the text around them is turned: those that most texts, records
/// and settings have, and those that detectors want near their matches.
struct TurnedWords: Sendable {
  /// One of them, turned.
  struct Word: Sendable {
    let turn: Turn
    /// How much it says: short ones come about by chance.
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
      for turn in Turn.allCases {
        let turned = String(decoding: turn.turned(Array(word.utf8)), as: UTF8.self)
        let hash = ContextWords.hashes(ofPhrase: turned).phrase
        guard !known.contains(turned), !Self.ordinary.contains(turned), phrases.numbers[hash] == nil else { continue }
        words[hash] = Word(turn: turn, weight: Self.weight(of: word))
      }
    }
    self.words = words
    var filter = phrases.filter
    for hash in words.keys { filter.insert(hash, ending: hash) }
    self.filter = filter
  }

  /// What words of one turn have to weigh together for a passage to be read turned.
  static let enough = 3

  private static func weight(of word: String) -> Int {
    if telling.contains(word) { return enough }
    switch word.utf8.count {
    case ...3: return 1
    case 4...5: return 2
    default: return enough
    }
  }

  /// Letters that a detector's word has at least.
  private static let shortest = 5

  private static func words(of rules: [DetectorRule]) -> Set<String> {
    var words: Set<String> = []
    for text in rules.flatMap({ ($0.context?.words ?? []) + $0.keywords }) where text.utf8.allSatisfy({ $0 < 0x80 }) {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) where word.utf8.count >= shortest {
        words.insert(String(word))
      }
    }
    return words
  }

  /// Names of secrets: one of them is enough.
  private static let telling: Set<String> = [
    "key", "token", "secret", "passwd", "password", "apikey", "bearer", "credential", "credentials", "login",
  ]

  /// The most frequent words of English texts, and those of records, settings and requests.
  private static let common: Set<String> = [
    "the", "and", "for", "you", "with", "that", "this", "from", "have", "will", "your", "they", "what", "which", "there",
    "their", "about", "would", "when", "then", "other", "into", "than", "only", "also", "could", "should", "please",
    "ignore", "previous", "instructions", "system", "message", "prompt", "content", "role", "value", "field", "record",
    "table", "line", "file", "entry", "word", "words", "name", "first", "last", "email", "mail", "phone", "mobile",
    "number", "address", "street", "city", "country", "date", "birth", "born", "account", "bank", "card", "code", "tax",
    "user", "username", "customer", "client", "patient", "employee", "company", "order", "invoice", "payment", "amount",
    "identity", "passport", "social", "security", "national", "insurance", "licence", "license", "health", "private",
    "public", "access", "auth", "authorization", "service", "server", "host", "http", "https", "api", "url", "database",
    "connection", "config", "export", "type", "title", "text", "true", "false", "null", "new", "all", "can", "use",
  ]

  /// Words that are others turned, and stand in ordinary texts.
  private static let ordinary: Set<String> = [
    "dna", "nor", "rot", "era", "was", "on", "saw", "eva", "reward", "drawer", "timer", "remit", "parts", "strap", "emit",
    "time", "edit", "tide", "live", "evil", "trap", "part", "loop", "pool", "star", "rats", "flow", "wolf", "keep", "peek",
    "stop", "spot", "ports", "strop", "naive", "state", "terra", "green", "gnat", "tang", "ant", "nag", "one", "bar",
  ]
}
