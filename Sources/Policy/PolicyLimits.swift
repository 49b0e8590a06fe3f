/// What a policy may hold; the file itself is bounded by `DocumentLimits`.
package enum PolicyLimits {
  /// Rules in one file. Each costs tens of nanoseconds for every message, so a thousand stay within 100 µs.
  package static let rules = 1000
  /// Bytes of a rule's name, which every entry of the ledger repeats.
  package static let nameBytes = 80
  /// What `at-least` may be: more different values are not counted in one message.
  static let leastFindings = 1000
  /// The same where notes count, of which inspection tells no more of one detector.
  static let leastNotes = 100
  /// Entries of `allow-findings`: each is one value that somebody looked at.
  static let allowedFindings = 10_000
  /// Bytes of a reason, which a person reads in a terminal.
  package static let becauseBytes = 400
  /// The most that `limits.head-bytes` may be set to: more than any server takes.
  package static let headBytes = 16 << 20
  /// The most that `limits.head-fields` may be set to.
  package static let headFields = 10_000
  /// The most that `limits.decoding-depth` may be set to: four times what real traffic has, twice over.
  package static let decodingDepth = 32
  /// The most that `limits.response-memory` may be set to, for each answer under way.
  package static let responseMemoryBytes = 1 << 30
  /// What `limits.index-memory` may be set to: less holds hardly a file, and the index numbers its lines in 28 bits.
  package static let indexMemoryBytes = (1 << 20)...(256 << 20)
  /// Kinds of findings named one by one in an explanation; the rest is counted.
  package static let explainedFindings = 16
  /// Ranges of lines of one file that an explanation lists.
  static let explainedRanges = 4
  /// Characters of a path in an explanation, which a person reads in a terminal.
  static let shownPathCharacters = 160
  /// Files that were not compared which a notice names.
  static let shownLeftOut = 3
  /// Paths of which is remembered what covers them: more than one run sends, at some hundred bytes each.
  static let rememberedPaths = 20_000
  /// Bytes of a CODEOWNERS file; GitHub reads 3 MB.
  package static let ownerFileBytes = 3 << 20
  /// Lines of a CODEOWNERS file. The longest known ones have some ten thousand.
  static let ownerLines = 50_000
  /// Sections of a CODEOWNERS file, each of which is asked for each path.
  static let ownerSections = 1000
  /// Owners in one line of it.
  static let ownersOfLine = 100
  /// Bytes of an owner's name: longer than any address may be (RFC 5321 §4.5.3.1).
  static let ownerBytes = 320
  /// Steps in which a path's owners must be found: a tenth of a second, a thousand times what real files take.
  static let ownerSteps = 50_000_000
  /// Comparisons of two patterns in the search for rules that earlier ones hide: a second of them.
  static let shadowSteps = 5_000_000
  /// Files of a workspace that are asked for whether a pattern means any: more are not looked at.
  package static let soughtFiles = 200_000
  /// Paths that one proposed rule lists; more of them are named by their endpoint or directory.
  static let proposedPaths = 12
  /// Files that a proposal lists for one destination.
  static let proposedFiles = 100
  /// Characters of one line of comment in a proposal.
  static let proposedLineCharacters = 300
  /// Rules that a proposal adds at most; with those of a file that has some of its own, as many as ``rules``.
  static let proposedRules = 500
}
