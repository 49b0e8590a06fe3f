/// Which of several places with the same text is meant.
struct PlacePreference {
  /// Files that the message has other lines of.
  private(set) var matched: FileSet
  /// Text of the store that the message was seen to have: the same may come again in another view.
  let claimed: ByteRanges
  /// What went to the destination before, so that a conversation's history stays what it was.
  let sent: SentLines
  let destination: String

  /// A document and a line of it, from 0.
  struct Place {
    let document: SourceDocument
    let line: Int
    /// Where the line begins in the store's text.
    let text: Int
  }

  func prefers(_ one: Place, to other: Place) -> Bool {
    let (firstGuarded, secondGuarded) = (one.document.file.isGuarded, other.document.file.isGuarded)
    if firstGuarded != secondGuarded { return firstGuarded }
    let (firstClaimed, secondClaimed) = (claimed.contains(one.text), claimed.contains(other.text))
    if firstClaimed != secondClaimed { return firstClaimed }
    if one.document === other.document { return one.line < other.line }
    let (first, second) = (one.document, other.document)
    if first.file === second.file { return first.version > second.version }
    let (firstMatched, secondMatched) = (isMatched(first), isMatched(second))
    if firstMatched != secondMatched { return firstMatched }
    let (firstSent, secondSent) = (wasSent(first.identities[one.line]), wasSent(second.identities[other.line]))
    if firstSent != secondSent { return firstSent }
    let (firstCurrent, secondCurrent) = (
      first.version == first.file.currentVersion, second.version == second.file.currentVersion
    )
    if firstCurrent != secondCurrent { return firstCurrent }
    let (firstOpened, secondOpened) = (first.file.lastOpened, second.file.lastOpened)
    if firstOpened != secondOpened { return firstOpened > secondOpened }
    return first.file.path < second.file.path
  }

  private func isMatched(_ document: SourceDocument) -> Bool { matched.contains(document.file) }

  private func wasSent(_ line: UInt32) -> Bool { sent.firstMessage(line, to: destination) != 0 }

  mutating func note(_ document: SourceDocument) { matched.insert(document.file) }
}
