/// What bounds the chamber.
package enum EnforcementLimits {
  /// Bytes of a body that the catalogue may look at to tell its purpose; a JSON member near the start is enough.
  package static let bodyPrefixBytes = 4096
  /// Findings written out in one ledger entry, which holds at most 65,535 bytes; the count covers them all.
  package static let recordedFindings = 64
  /// Bytes of a ledger entry that may be about the files inside a message; what is left out is counted.
  package static let recordedSourceBytes = 24 * 1024
  /// Of a path that is told as it is; a longer one is only committed to.
  package static let recordedPathBytes = 1024
  /// Ranges of lines of one file.
  package static let recordedRanges = 256
  /// What one file takes in JSON besides its path and its lines, and what one range of lines takes.
  static let sourceBytes = 192
  static let rangeBytes = 24
  /// How long a message waits for the files of the workspace to be read: a million lines take a few seconds, and the
  /// reading begins with the run.
  package static let indexingWait = Duration.seconds(15)
  /// Bodies of which it is remembered where their inspection can be gone on with, and the memory that they take together:
  /// an agent has one long conversation and a few of its helpers, which take 300 KB at 60 KB and 1.7 MB at 1 MB. It is
  /// only many long ones at once that come to the limit.
  static let rememberedBodies = 96
  static let rememberedBytes = 16 * 1024 * 1024

  /// Shorter bodies are inspected in less time than remembering takes; longer ones are no conversations.
  static let leastRememberedBody = 16 * 1024
  static let longestRememberedBody = 4 * 1024 * 1024

  /// Of each body: where it left the one before, and where the next one is likely to leave it.
  static let pointsOfBody = 2

  /// Bytes behind what grows, as long as no second body has told: brackets and a few short members.
  static let likelyTailBytes = 256

  /// Characters of a method that the ledger keeps; the longest registered one has seventeen.
  package static let recordedMethodCharacters = 32

  /// Exchanges of a run that stay in memory, at least; older ones go to the archive in batches of as many, so that a run
  /// of a day needs no more memory than one of a minute. Some 2 MB where each has a hundred places of files in it.
  static let exchangesInMemory = 128

  /// What the values that were taken out, and what stands for them, may take in memory.
  static let mappedBytes = 64 * 1024 * 1024

  /// The longest event, and the longest answer that is one document, into which values are put back.
  static let restoredBytes = 8 * 1024 * 1024

  /// Bytes of an answer that is no stream which are looked into, as they came: more is a download, not an answer that is
  /// read. Of a stream there is no end to it: it comes as slowly as somebody writes it.
  package static let inspectedAnswerBytes = 16 * 1024 * 1024

  /// Bytes of an answer that wait for its end, or for what tells whether a rule ends it.
  package static let heldAnswerBytes = 1024 * 1024

  /// How long they wait: what stands alone for so long is taken as it stands.
  package static let answerWait = Duration.seconds(2)

  /// Bytes of one event's piece of a text in an answer: Gemini's are paragraphs.
  static let longestAnswerDelta = 4 * 1024

  /// What may come of an answer's compressed bytes, over and above so many for each: deflate's most is 1,032.
  static let expandedBytes = 16 * 1024 * 1024
  static let expansion = 1_100

  /// How often a body is gone over: what stands for a value may be what makes something beside it a finding.
  static let redactionPasses = 6
}
