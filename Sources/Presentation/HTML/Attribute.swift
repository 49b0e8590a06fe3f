/// An attribute of an element; its value may come from anywhere.
package struct Attribute: Sendable {
  let name: StaticString
  /// `nil` for one that is there or not, such as `open`.
  let value: String?

  private init(_ name: StaticString, flag: Void) {
    self.name = name
    value = nil
  }

  package init(_ name: StaticString, _ foreign: String) {
    self.name = name
    value = Sanitised(foreign).text
  }

  package init(_ name: StaticString, _ number: Int) {
    self.name = name
    value = String(number)
  }

  /// A length or place in a picture.
  package init(_ name: StaticString, _ number: Double) {
    self.name = name
    value = SVGNumber(number).description
  }

  package static func flag(_ name: StaticString) -> Attribute { Attribute(name, flag: ()) }
}

extension Attribute {
  package static func id(_ name: String) -> Attribute { Attribute("id", name) }

  package static func `class`(_ name: String) -> Attribute { Attribute("class", name) }

  /// A link to a place in the same page; there are no others.
  package static func link(to id: String) -> Attribute { Attribute("href", "#" + id) }
}
