/// What decoding may cost. A message that asks for more yields a ``DecodingIssue``, never silence, but for trials.
package struct DecodingLimits: Sendable, Hashable {
  /// Encodings within each other. Real traffic has four (gzip, JSON in JSON, base64); eight leaves room.
  package var maximumDepth = 8

  /// Bytes that decompression may give in one message: what a large context compresses from, and 0.2 s of inspection.
  package var maximumExpandedBytes = 64 * 1024 * 1024

  /// Bytes inspected in all views together, as a multiple of bytes received and decompressed. Ordinary bodies need 3.
  package var maximumWorkFactor = 32

  /// Work that even the smallest message may ask for, in bytes.
  package var minimumWork = 1024 * 1024

  /// Compressed streams looked for inside one message: what cookies and traces of a recorded session hold, and 10 ms.
  package var maximumCarvings = 1024

  /// Compressed streams that are open in one view at the same time, one within the bytes of another: each reads them all.
  static let maximumOpenCarvings = 16

  /// What has no sure head (zlib, brotli) and may be compressed text is tried so many times in
  /// each message, and once more for so many bytes: 3 µs each. Random bytes look like zlib every 20 KB. Beyond it nothing
  /// is tried, and that is no issue: archives and what git pushes hold more. What is tried then depends on the order in
  /// which views get their bytes, and so on when somebody asks what there is so far.
  static let minimumTrials = 64
  static let bytesPerTrial = 4096

  /// Files of archives are looked into once for so many bytes: each has two heads, with its name in both (76 bytes and
  /// more).
  static let bytesPerArchived = 64

  /// Bytes by which compressed text without a head is told from text.
  static let binaryPrefixBytes = 16

  /// Bytes of the message that are looked at together. Pieces of this size, counted from the first byte, make what is
  /// found independent of how the bytes arrived; and where one ends another message can go on, so that they are small
  /// (docs/decisions/011).
  package var blockBytes = 2 * 1024

  /// Bytes of one event's piece of a text: a word or a line in what agents recorded and send on.
  package var longestDelta = 512

  package init() {}

  package static let standard = DecodingLimits()

  /// Bytes of a decoded view that are looked at together: one call of the matcher for many short strings.
  static let childBlockBytes = 1024

  /// Bytes around an escape that are decoded with it: what a detector's words and quotes take before and after a secret.
  static let neighbourhoodBytes = 512

  /// Bytes after an escape to which its neighbourhood grows while it is within one token: the longest secret.
  static let longestNeighbourhoodBytes = 16 * 1024

  /// Bytes behind the block that a view keeps for what begins before it: an escape's neighbourhood, and as much of a
  /// match as a detector may have before its last repeat.
  package static let keptBytes = 9 * 1024

  /// Bytes that are read as JSON and as they stand, where a text turns out to be none: of what is kept, all but what
  /// moves it to whole bytes.
  static let overlapBytes = 8 * 1024

  /// Bytes of an open token that are read again where a message is let go before its end: the longest credential but
  /// a private key, in base64 twice, and 20 µs.
  static let previewBytes = 8 * 1024

  /// Characters that make a token worth decoding: 18 bytes of base64, 12 of hex.
  static let minimumTokenCharacters = 24

  /// Characters of a group of a token with separators in it: a label of a domain name, a line of base64.
  static let maximumGroup = 80
  static let maximumPeriod = maximumGroup + 6

  /// Such a token is looked for at one place in so many bytes, which then sees a few groups. A shorter one may be missed:
  /// it holds 27 bytes in hex at most.
  static let rhythmStride = 64
  static let rhythmBytes = maximumGroup + 4 * maximumPeriod

  /// Characters of a token that are decoded at once.
  static let pieceCharacters = 4096

  /// Characters of a token that are told apart from noise together.
  static let tokenBlockCharacters = 8

  /// Decoded bytes that must be text in a row: no credential format is shorter, and noise seldom reaches it.
  static let minimumTextRun = 12

  /// Bytes of UTF-16 text in a row that are taken for text: eight letters.
  static let minimumWideRun = 16

  /// Memory of a state that is copied, so that another message can go on from there: ordinary ones take 100 KB.
  static let copyBytes = 1024 * 1024

  /// What a view takes in memory besides its bytes and their places, and a decompressor with its window and its output.
  static let viewBytes = 4 * 1024
  static let decompressorBytes = 80 * 1024

  /// Bytes between two pieces of a text: what a provider puts around them.
  static let longestEnvelope = 4 * 1024

  /// Issues kept of one message; one is enough to stop it.
  static let maximumIssues = 16
}
