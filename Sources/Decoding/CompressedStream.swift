internal import Compression

/// One compressed text in a view, and the view of what it holds.
final class CompressedStream {
  private let coding: ContentCoding
  private var decompressor: Decompressor?
  private let child: DecodedView
  private let start: Int
  private(set) var wasTooLarge = false

  /// - Parameter start: the text's first byte in the view.
  /// - Returns: `nil` where it is too deep.
  init?(_ coding: ContentCoding, in view: DecodedView, at start: Int, decoders: [any ViewDecoder]? = nil) {
    guard
      let child = view.makeChild(
        coding.rawValue, at: start, isCoarse: true, expected: DecodingLimits.childBlockBytes, decoders: decoders)
    else { return nil }
    self.coding = coding
    self.child = child
    self.start = view.originalStart(of: start)
    child.map.wholeStart = self.start
    decompressor = try? Decompressor(coding)
  }

  var hasEnded: Bool { decompressor?.hasEnded ?? true }
  var isComplete: Bool { decompressor?.hasEnded ?? false }

  /// Decompresses the view's bytes `from ..< to`.
  ///
  /// - Returns: false where they are not in this coding, or too much.
  func decode(_ view: DecodedView, from: Int, to end: Int) -> Bool {
    guard from < end else { return decompressor != nil }
    let tree = view.tree
    child.map.append(.init(view: child.end, parent: view.originalEnd(of: end - 1), kind: .whole))
    let bytes = UnsafeRawBufferPointer(start: view.window.bytes + (from - view.window.base), count: end - from)
    do {
      try decompressor?.decompress(bytes, maximumOutput: max(0, tree.expansionRoom)) { text in
        tree.takeExpansion(text.count)
        if let start = text.bindMemory(to: UInt8.self).baseAddress { child.write(start, text.count) }
      }
      return decompressor != nil
    } catch {
      wasTooLarge = error.code == .outputLimit
      if wasTooLarge { tree.report(.tooLarge, self.start..<view.originalEnd(of: end - 1), child.layers) }
      return false
    }
  }

  func end(_ view: DecodedView) { view.close(child) }
}
