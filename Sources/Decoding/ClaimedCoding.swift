internal import Compression

/// Takes off the coding that the sender says is on the whole view. What does not decode is on record.
///
/// The compressed bytes are looked through for text as well: a container has room for it beside what it contains (a
/// file's name and comment in gzip, RFC 1952 §2.3; skippable frames, RFC 8878 §3.1.2; metadata blocks, RFC 7932 §9.2).
struct ClaimedCoding: ViewDecoder {
  private let coding: ContentCoding
  private let rest: [ContentCoding]
  private var stream: CompressedStream?
  private var next = 0
  private var hasFailed = false
  private var outer = OrdinaryDecoders(percents: .percent, carves: false)

  /// - Parameter codings: in the order applied; at least one.
  init(_ codings: [ContentCoding]) {
    coding = codings.last ?? .identity
    rest = codings.dropLast()
  }

  var needed: Int { min(next, outer.needed) }

  func copy(_ copies: TreeCopy) -> Self? {
    guard let outer = outer.copy(copies) else { return nil }
    var copy = self
    copy.outer = outer
    guard let stream else { return copy }
    copy.stream = stream.copy(copies)
    return copy.stream == nil ? nil : copy
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    defer { next = end }
    outer.decode(view, upTo: end, isLast: isLast)
    if stream == nil, end > 0, !hasFailed {
      stream = CompressedStream(
        coding, in: view, at: 0, decoder: rest.isEmpty ? nil : ClaimedCoding(rest))
      hasFailed = stream == nil
    }
    guard let stream, !hasFailed else { return }
    hasFailed = !stream.decode(view, from: next, to: end)
    if !hasFailed, isLast { hasFailed = !stream.isComplete }
    guard hasFailed else { return }
    if !stream.wasTooLarge { view.tree.report(.undecodable, 0..<view.originalEnd(of: max(0, end - 1)), view.layers) }
  }

  func preview(_ view: DecodedView) { outer.preview(view) }
}
