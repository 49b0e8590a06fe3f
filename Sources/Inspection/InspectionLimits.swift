internal import Decoding

/// What inspection may cost. A message that asks for more is on record as opaque.
package enum InspectionLimits {
  /// The longest secret that is recognised whole: an RSA key of 16,384 bits in PEM takes 12.6 KB.
  static let maximumSecretBytes = 16 * 1024

  /// Repetitions of a group in a pattern; single classes repeat up to ``maximumSecretBytes``.
  static let maximumGroupRepeats = 64

  /// Parts of one pattern's program, groups written out: the largest in the catalogue has some hundreds.
  static let maximumPatternSize = 16 * 1024

  /// The longest that a match may be up to its last repeat, such as a web token without its signature. Every view keeps
  /// so many bytes behind what it looks at.
  static let maximumHitBytes = 8 * 1024

  /// Steps of confirming one match: a pattern needs tens, a runaway is stopped.
  static let maximumMatchSteps = 200_000

  /// Steps of confirming in a message for each byte looked at; ordinary text needs 0.1, one
  /// that names a vendor in each line ten. And what every message may use.
  static let maximumStepsPerByte = 40
  static let minimumSteps = 4_000_000

  /// Findings kept of one message, of what comes in tables and of all else: enough to see what it is.
  static let maximumFindings = 1_000

  /// Findings of a kind that are kept however many others there are.
  static let findingsOfAnyKind = 10
  /// Findings kept of one message with those.
  static let maximumKept = 4_000

  /// Notes of one detector kept of one message.
  static let findingsOfOneNote = 100

  /// Things of one detector told one by one of one message. A table of customers has more, and a dump of secrets; what
  /// comes then is one finding for all of them, with their number.
  static let findingsOfOneKind = 500

  /// Places of things that are not told one by one, by which a thing seen twice counts once. What comes then counts
  /// each time that it is seen.
  static let untoldPlaces = 65_536

  /// Places that an explanation tells.
  package static let maximumCandidates = 1_000

  /// Letters that a pattern begins with, for a place to look like it.
  static let shortestBeginning = 4

  /// Bytes of a secret that is written backwards, which have to be kept until its beginning comes, or in rot13: an RSA
  /// key of 4,096 bits in PEM takes 3.2 KB.
  static let longestTurned = 7 * 1024
  /// Of these so many are turned to see whether there is anything to look at.
  static let turnedAtFirst = 64

  /// Bytes that are turned back for each byte looked at, and in every message. Ordinary text has none.
  static let maximumTurnedPerByte = 16
  static let minimumTurned = 1024 * 1024

  /// Bytes that are looked at in passages that were turned, with what they hold in encodings, for each byte looked at,
  /// and in every message. Ordinary text has none, one that is turned as a whole needs two.
  static let maximumPassagesPerByte = 4
  static let minimumPassages = 1024 * 1024

  /// What one such passage, of 8 KB, may hold.
  static let passage: DecodingLimits = {
    var limits = DecodingLimits.standard
    limits.maximumExpandedBytes = 256 * 1024
    limits.minimumWork = 256 * 1024
    limits.maximumCarvings = 16
    return limits
  }()

  /// The longest secret that can be a sample in documentation; a private key is longer.
  static let longestSample = 128

  /// Bytes before a match in which its detector's keywords count.
  static let keywordBytes = 512

  /// Bodies that are edited: each view of them is kept in memory while that is done.
  static let maximumRedactedBytes = 16 * 1024 * 1024

  /// Places of one body that are replaced.
  static let maximumEdits = 100_000

  /// Canaries known at once; beyond it the literals would no longer cost nothing.
  static let maximumCanaries = 10_000

  /// Phrases that detectors look for as they are, together: some 30 MB in memory.
  static let maximumPhrases = 100_000

  /// Words of one phrase, those of `camelCase` among them.
  static let longestPhrase = 24

  /// Bytes of a word behind a credential that go with it: of a longer one it is a part by chance.
  static let longestRest = 512

  /// Bytes of a private key, with what may stand between its lines.
  static let longestKey = 16 * 1024

  /// Bytes to the end of a line, beyond which only the passage itself is taken out of it.
  static let passageLineBytes = 512
}
