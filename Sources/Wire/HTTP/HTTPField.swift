/// One field line of a head or a trailer section (RFC 9110 §5).
package struct HTTPField: Sendable, Hashable {
  /// As it was sent; compare with ``isNamed(_:)``, since case carries no meaning (RFC 9110 §5.1).
  package var name: String
  /// Without the white space around it.
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Whether this is the field `name`, whatever the case of its ASCII letters; allocates nothing.
  package func isNamed(_ name: String) -> Bool {
    self.name.equalsIgnoringASCIICase(name)
  }
}

extension Array where Element == HTTPField {
  /// The value of the first field line with this name.
  package func first(named name: String) -> String? {
    for field in self where field.isNamed(name) { return field.value }
    return nil
  }

  /// The values of all field lines with this name, in their order.
  package func all(named name: String) -> [String] {
    compactMap { $0.isNamed(name) ? $0.value : nil }
  }

  package func contains(named name: String) -> Bool {
    contains { $0.isNamed(name) }
  }

  /// Takes away every field line with this name.
  package mutating func remove(named name: String) {
    removeAll { $0.isNamed(name) }
  }

  /// Puts one field line in the place of the first with its name, drops the others; appends where there was none.
  package mutating func replace(with field: HTTPField) {
    guard let place = firstIndex(where: { $0.isNamed(field.name) }) else { return append(field) }
    self[place] = field
    var index = endIndex - 1
    while index > place {
      if self[index].isNamed(field.name) { remove(at: index) }
      index -= 1
    }
  }

  /// Whether `token` is an element of the comma-separated lists in the fields with this name (RFC 9110 §5.6.1),
  /// as `close` in `Connection`; parameters after a semicolon do not count.
  package func hasToken(_ token: String, inFieldsNamed name: String) -> Bool {
    contains { field in field.isNamed(name) && field.value.listElements.contains { $0.equalsIgnoringASCIICase(token) } }
  }
}
