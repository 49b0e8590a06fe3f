/// How much is said of each rule that stopped something, from most to least.
enum SummaryDetail: CaseIterable {
  /// Sentence and remedy, each over two lines where it needs them.
  case wrapped
  /// Sentence and remedy, a line each.
  case lines
  /// A sentence each, and the remedy of the one that stopped most.
  case firstRemedy

  /// Lines that one sentence may take.
  var sentenceLines: Int { self == .wrapped ? 2 : 1 }
}
