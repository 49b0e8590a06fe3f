/// What bounds attribution.
package enum AttributionLimits {
  /// Bytes of one file that are read; larger ones are data rather than source, and 10 ms of work.
  package static let fileBytes = 4 * 1024 * 1024

  /// Lines of one file: what 4 MiB of source have, so that a file of line ends alone is not taken for text.
  static let fileLines = 256 * 1024

  /// After its last change, from when on a file's times tell of every other: Linux writes pages back after 35 seconds
  /// (`vm.dirty_expire_centisecs` and `vm.dirty_writeback_centisecs`).
  package static let settledFile = Duration.seconds(40)

  /// Files whose stamps are remembered, of some hundred bytes each; a project's own files are fewer.
  static let stampedFiles = 100_000

  /// How much the first reading of a workspace gives way to the agent's own programs (setpriority(2)): it gets a tenth of
  /// a processor that they use up.
  static let firstReadingNiceness: Int32 = 10

  /// Memory of the whole index: three million lines.
  package static let memoryBytes = 256 * 1024 * 1024

  /// Memory that a line costs beside its text: where it begins, its hash, two links, and its part of two tables.
  static let lineBytes = 40

  /// Bytes at the beginning of a file in which a NUL says that it is no text.
  static let binaryPrefixBytes = 8 * 1024

  /// The part of such a prefix that may be invalid UTF-8, as a divisor: Latin-1 has a letter of it in thirty.
  static let invalidDivisor = 10

  /// Files left out whose names are told.
  static let toldLeftOut = 64

  /// Places of a line, or of three, that are looked at; files that have it beyond which it is found by its neighbours
  /// only. Four bits count them.
  static let chainPlaces = 14

  /// Places of a line that are all looked at; of more, those where the next two lines are the same as well.
  static let fewPlaces = 3

  /// Files beyond which text is nobody's in particular.
  static let commonFiles = 8

  /// Successive lines, blank ones not counted, that are looked up together.
  static let gramLines = 3

  /// Bytes of a line that says something by itself.
  static let tellingLineBytes = 8

  /// Lines of the message that a run goes over without them being in the file: the other side of a diff.
  static let gapLines = 3

  /// Bytes of a line cut by the beginning or the end of a run that are worth naming.
  static let partialBytes = 8

  /// Bytes beside a run that one of its places has more than another and that tell which it is: of many places some
  /// have a letter in common with anything.
  static func hintBytes(ofPlaces count: Int) -> Int { count > commonFiles ? 4 : 1 }

  /// Earlier contents of a file that a run is looked for in.
  static let versions = 8

  /// Letters and digits that make a claim: the fewer lines there are, the more. Idioms of one or two lines stand in
  /// unrelated projects.
  ///
  /// - Parameter isKnown: whether the message has more of the same file, which makes coincidence unlikely.
  static func weight(ofLines count: Int, isKnown: Bool) -> Int {
    switch count {
    case 0: .max
    case 1: isKnown ? 72 : 84
    case 2: isKnown ? 48 : 66
    case 3: isKnown ? 34 : 54
    case 4: isKnown ? 24 : 42
    case 5: isKnown ? 20 : 30
    default: 16
    }
  }

  /// Bytes of a run that may be evidence.
  static let leastRunBytes = 20

  /// Bytes of a run that may go over a gap.
  static let gapBytes = 16

  /// The same for a file that a rule asks for, however few lines they are.
  static let guardedWeight = 16

  /// Letters and digits of a part of a long line that make a claim: what loads a module of JavaScript has 170.
  static let partWeight = 192

  /// Bytes of a line that are weighed, and what a line in many places weighs less.
  static let weighedBytes = 96
  static let commonDivisor = 4
  /// What a line weighs less that includes or imports something.
  static let scaffoldDivisor = 2

  /// Bytes of a line of a message from which on text near escapes in it is left to the view without them.
  static let escapedLineBytes = 4096

  /// Bytes between two escapes that are in the view without them, too: twice what decoding puts beside an escape.
  static let escapeDistance = 1024

  /// Bytes of a line from which on it is also found by its parts.
  static let longLineBytes = 160

  /// Bytes of a part of a long line that is looked up, and parts of which the least is: text of 63 bytes is found
  /// (Schleimer, Wilkerson, Aiken 2003, §3.1).
  static let partBytes = 32
  static let partWindow = 32

  /// Places of one part of a long line that are kept.
  static let partPlaces = 4

  /// Decorations that are taken off the beginning of a line.
  static let decorations = 3

  /// Text of one message that is compared.
  static let messageTextBytes = 64 * 1024 * 1024

  /// Text of one view that is compared together, and what of it is looked at once more with what follows.
  static let segmentBytes = 256 * 1024
  static let overlapBytes = 8 * 1024

  /// Comparisons of two lines that a segment may ask for, for each of its lines and at least.
  static let stepsPerLine = 64
  static let minimumSteps = 100_000

  /// Files and folders of a workspace that are read, and how deep: more than memory holds.
  static let files = 500_000
  static let folders = 100_000
  static let folderDepth = 64

  /// Files that the agent opened and that wait to be read.
  static let openedFiles = 10_000

  /// What a message waits for changed files to be read.
  static let settling = Duration.milliseconds(4)
}
