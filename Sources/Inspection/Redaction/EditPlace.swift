internal import Decoding

/// Where something stands in the body itself, and how what is put there has to be written.
struct EditPlace {
  let range: Range<Int>
  let kind: RedactedKind
  /// Strings of JSON that it is in.
  let depth: Int
  /// Whether it is a number of JSON: what stands for it is a string.
  let isBare: Bool
  let writing: Writing

  enum Writing {
    /// Text within text: a word of letters, digits and underscores is the same under all encodings on the way.
    case text
    /// These bytes.
    case encoded([UInt8])
  }

  /// - Parameter turnsBack: whether a placeholder is put there, instead of what says that something was.
  /// - Returns: `nil` where an encoding cannot be put back on a part of the text, as compression cannot.
  init?(of target: RedactionTarget, _ form: BodyForm, turnsBack: Bool) {
    kind = target.kind
    depth = target.depth
    isBare = target.isBare
    var view = target.view
    var range = target.range
    var isText = true
    while let parent = view.parentView {
      isText = isText && view.isUnescapedText
      range = view.parentSpan(range)
      view = parent
    }
    guard !isText || !turnsBack else {
      (self.range, writing) = (range, .text)
      return
    }
    guard let edit = Edit(of: target.range, in: target.view, replacement: form.mask(target.kind.detector), form) else {
      return nil
    }
    (self.range, writing) = (edit.range, .encoded(edit.bytes))
  }
}
