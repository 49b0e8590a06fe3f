internal import Evidence

/// Passages as they are taken out: by whole lines, with what may belong to them at both ends, and never across the
/// quotes of a string.
///
/// It depends on nothing but the strings that they are in, so that a conversation that goes on keeps its beginning.
struct PassageSpread {
  private let text: [UInt8]
  private let pieces: [StringPiece]

  init(_ text: [UInt8]) {
    self.text = text
    pieces = StringPiece.all(of: text)
  }

  /// Text between two passages that goes with them: a few lines that were changed.
  private static let nearBytes = 512
  /// A string that holds less of a passage holds none: names of members, numbers of messages.
  private static let leastBytes = 24

  /// - Returns: what is to be replaced, in order and without overlaps.
  func stretches(of passages: [FoundPassage]) -> [(range: Range<Int>, kind: RedactedKind)] {
    var stretches: [(range: Range<Int>, kind: RedactedKind)] = []
    var waiting = passages.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }[...]
    for piece in pieces {
      while let first = waiting.first, first.range.upperBound <= piece.range.lowerBound { waiting.removeFirst() }
      guard let first = waiting.first, first.range.lowerBound < piece.range.upperBound else { continue }
      stretches += self.stretches(of: waiting.prefix { $0.range.lowerBound < piece.range.upperBound }, in: piece)
    }
    return stretches
  }

  private func stretches(
    of passages: ArraySlice<FoundPassage>, in piece: StringPiece
  ) -> [(range: Range<Int>, kind: RedactedKind)] {
    var found: [(range: Range<Int>, kind: RedactedKind)] = []
    for passage in passages {
      let clipped = passage.range.clamped(to: piece.range)
      guard clipped.count >= Self.leastBytes else { continue }
      let range = grown(clipped, by: passage.margin, in: piece)
      if let last = found.last, joins(last.range, range) {
        // Both know it; the one that says more gives the name.
        found[found.count - 1] = (
          min(last.range.lowerBound, range.lowerBound)..<max(last.range.upperBound, range.upperBound),
          Self.stronger(last.kind, passage.kind)
        )
      } else {
        found.append((range, passage.kind))
      }
    }
    return found
  }

  private static func stronger(_ one: RedactedKind, _ other: RedactedKind) -> RedactedKind {
    (one.grade == .note ? 1 : 0, one.detector) <= (other.grade == .note ? 1 : 0, other.detector) ? one : other
  }

  private func joins(_ before: Range<Int>, _ range: Range<Int>) -> Bool {
    guard range.lowerBound > before.upperBound else { return true }
    return range.lowerBound - before.upperBound <= Self.nearBytes
      && !holdsPlaceholder(before.upperBound..<range.lowerBound)
  }

  // MARK: Growing

  /// To the ends of its lines, and on while lines may belong to it: up to an empty one, a fence, or a placeholder.
  private func grown(_ range: Range<Int>, by margin: Int, in piece: StringPiece) -> Range<Int> {
    grownStart(range.lowerBound, margin, piece)..<grownEnd(range.upperBound, margin, piece)
  }

  private func grownStart(_ offset: Int, _ margin: Int, _ piece: StringPiece) -> Int {
    guard var start = piece.lineStart(of: offset, text) else { return offset }
    var left = margin - letters(start..<offset)
    while left > 0, start > piece.range.lowerBound {
      let end = start - piece.lineEndBytes
      guard end >= piece.range.lowerBound, let next = piece.lineStart(of: end, text), next <= end,
        mayBelong(next..<end)
      else { break }
      left -= letters(next..<end)
      start = next
    }
    return start
  }

  private func grownEnd(_ offset: Int, _ margin: Int, _ piece: StringPiece) -> Int {
    guard var end = piece.lineEnd(of: offset, text) else { return offset }
    var left = margin - letters(offset..<end)
    while left > 0, end < piece.range.upperBound {
      let start = end + piece.lineEndBytes
      guard start <= piece.range.upperBound, let next = piece.lineEnd(of: start, text), mayBelong(start..<next) else {
        break
      }
      left -= letters(start..<next)
      end = next
    }
    return end
  }

  private func letters(_ range: Range<Int>) -> Int {
    text[range].count { ByteSet.word.contains($0) || $0 >= 0x80 }
  }

  private func mayBelong(_ line: Range<Int>) -> Bool {
    let body = text[line].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let isEmpty = body.allSatisfy { "\\tr \t\r".utf8.contains($0) }
    return !isEmpty && !body.starts(with: Array("```".utf8)) && !body.starts(with: Array("~~~".utf8))
      && !holdsPlaceholder(line)
  }

  private func holdsPlaceholder(_ range: Range<Int>) -> Bool {
    text[range].firstRange(of: PlaceholderText.beginning) != nil
  }
}
