/// What fingerprints are made of, and what making and looking for them may cost.
package enum FingerprintLimits {
  /// Letters and digits that one fingerprint of characters spans.
  package static let characters = 32
  /// Tokens that one fingerprint of tokens spans.
  package static let tokens = 16

  /// Of so many successive spans of a text at least one is in the index, if any of them is a candidate: one in four is.
  package static let characterWindow = 32
  package static let tokenWindow = 17
  /// The same where lines have few letters: of ten such lines, too, three are in the index.
  static let leastCharacterWindow = 16

  /// Tokens of a span that are neither names, numbers, strings, dots nor commas: lists and prose are alike everywhere.
  static let tellingTokens = 5

  /// Bytes of a text that are looked at together; nothing depends on it but memory.
  static let pieceBytes = 4096

  /// Bytes without a line end that are no code: a body in JSON is one line.
  static let longLine = 4096

  /// Digits that begin a line and number it: a file of ten million lines.
  static let lineNumberDigits = 8

  /// Bits of a fingerprint. Two texts that have nothing in common share one of five million once in fifty; that two that
  /// stand together are of the same file, by chance, once in a hundred million.
  static let hashBits = 28

  /// Files of one root.
  package static let files = (1 << 24) - 2

  /// Fingerprints of one kind in one index.
  static let fingerprints = 1 << 28

  /// Names before a token that tell whether it is one of them again.
  static let recentNames = 4
  /// Bits of the place that a fingerprint of tokens has in its file: two that stand as far from each other in the file as
  /// in the message are of one stretch; of those that are there by chance one in 256 does.
  static let placeBits = 8
  /// Places of one fingerprint in one file that are kept: of a table's lines, which are all built alike, these do.
  static let placesOfOne = 8

  /// Files that one fingerprint may be in: what is in more is nobody's.
  package static let filesOfOne = 8
  /// Bytes of a file that is read: what is larger is data.
  package static let fileBytes = 4 << 20

  /// Runs of one kind and view that are followed at a time: what is copied from more files than this is found in some.
  static let openRuns = 64

  /// Runs kept of one message: enough to see what it is.
  static let runsOfMessage = 256

  /// Runs kept of a message that is to be edited: of more it is not known where each stands.
  static let runsForEditing = 4096

  /// Bytes of an index's head: paths, names.
  static let headBytes = 1 << 20

  /// Paths of public code of one root.
  package static let publicPaths = 256

  /// Folders within each other.
  static let folderDepth = 64

  /// Bytes of one `.gitignore`, and lines that are read of it.
  static let ignoreBytes = 1 << 20

  /// Bytes of an index that is read: a hundred million lines and more.
  package static let indexBytes = 1 << 31
}
