/// A tree that is being made like another: which view there stands for which here.
final class TreeCopy {
  let tree: DecodingTree
  private let observer: (_ original: DecodedView, _ copy: DecodedView) -> Int?
  private(set) var room: Int
  private var views: [ObjectIdentifier: DecodedView] = [:]

  /// - Parameters:
  ///   - room: bytes that the copy may hold.
  ///   - observer: copies what it attached to a view; gives the bytes that it holds, `nil` where it cannot be copied.
  init(into tree: DecodingTree, room: Int, observer: @escaping (DecodedView, DecodedView) -> Int?) {
    self.tree = tree
    self.room = room
    self.observer = observer
  }

  /// - Returns: false where the state is larger than what is worth keeping.
  func take(_ bytes: Int) -> Bool {
    room -= bytes
    return room >= 0
  }

  /// - Returns: false where what is attached to the view cannot be copied.
  func note(_ original: DecodedView, _ copy: DecodedView) -> Bool {
    views[ObjectIdentifier(original)] = copy
    guard original.attachment != nil else { return true }
    return observer(original, copy).map { take($0) } ?? false
  }

  /// The view here that stands for one there; those above a decoder and beneath it are made before it.
  func view(_ original: DecodedView) -> DecodedView? { views[ObjectIdentifier(original)] }

  /// Puts the view here in the place of the one there.
  ///
  /// - Returns: false where there is none.
  func move(_ view: inout DecodedView?) -> Bool {
    guard let original = view else { return true }
    view = self.view(original)
    return view != nil
  }

  /// Puts a copy that reads the same token here in the place of the one there.
  ///
  /// - Returns: false where a part of it cannot be copied.
  func move(_ reader: inout TokenReader?) -> Bool {
    guard let original = reader else { return true }
    reader = original.copy(self)
    return reader != nil
  }
}
