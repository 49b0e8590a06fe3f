/// How a leading word is looked for where it is not one among the words of a text.
struct LeadText: Hashable {
  private let bytes: [UInt8]
  let reach: Int

  /// - Parameter keyword: in lower case; counts wherever it stands before a match's end.
  init(keyword: [UInt8]) {
    bytes = keyword
    reach = InspectionLimits.keywordBytes
  }

  /// - Parameter piece: a word of a script that sets no spaces.
  init(piece: [UInt8]) {
    bytes = piece
    reach = ContextVocabulary.bytesBefore
  }

  var hyperscanText: String { bytes.map { PatternNode.set(ByteSet($0).caseFolded).hyperscanText }.joined() }
}
