/// Names in one line, as many as fit, and the number of those that do not.
struct Enumeration {
  let text: String

  /// - Parameters:
  ///   - foreign: names from anywhere; they are made safe here.
  ///   - ellipsis: where a single name that is too long is cut.
  ///   - unnamed: how many there are besides these.
  init(_ foreign: [String], columns: Int, _ ellipsis: Ellipsis, unnamed: Int = 0) {
    let names = foreign.map { Sanitised($0).text }
    func rest(after shown: Int) -> String { Self.rest(names.count - shown + unnamed) }
    var shown = 0
    var text = ""
    while shown < names.count {
      let name = shown == 0 ? ellipsis.cut(names[0], to: columns - rest(after: 1).count) : names[shown]
      let longer = shown == 0 ? name : text + ", " + name
      guard DisplayWidth.of(longer + rest(after: shown + 1)) <= columns || shown == 0 else { break }
      text = longer
      shown += 1
    }
    self.text = text + rest(after: shown)
  }

  private static func rest(_ count: Int) -> String { count == 0 ? "" : " and \(count.grouped) more" }
}
