internal import Compression

/// Takes off the coding that the sender says is on the whole view. What does not decode is on record.
final class ClaimedCoding: ViewDecoder {
  private let coding: ContentCoding
  private let rest: [ContentCoding]
  private var stream: CompressedStream?
  private var next = 0
  private var hasFailed = false

  /// - Parameter codings: in the order applied; at least one.
  init(_ codings: [ContentCoding]) {
    coding = codings.last ?? .identity
    rest = codings.dropLast()
  }

  var needed: Int { next }

  func copy(_ copies: TreeCopy) -> (any ViewDecoder)? {
    let copy = ClaimedCoding(rest + [coding])
    copy.next = next
    copy.hasFailed = hasFailed
    guard let stream else { return copy }
    copy.stream = stream.copy(copies)
    return copy.stream == nil ? nil : copy
  }

  func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    defer { next = end }
    if stream == nil, end > 0, !hasFailed {
      stream = CompressedStream(
        coding, in: view, at: 0, decoders: rest.isEmpty ? view.tree.decoders() : [ClaimedCoding(rest)])
      hasFailed = stream == nil
    }
    guard let stream, !hasFailed else { return }
    hasFailed = !stream.decode(view, from: next, to: end)
    if !hasFailed, isLast { hasFailed = !stream.isComplete }
    guard hasFailed else { return }
    if !stream.wasTooLarge { view.tree.report(.undecodable, 0..<view.originalEnd(of: max(0, end - 1)), view.layers) }
  }
}
