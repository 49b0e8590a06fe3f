/// One part of the page, with its heading and its place in the contents.
struct ReportSection {
  let id: String
  let title: String
  let content: HTML

  init(_ id: String, _ title: String, @HTMLBuilder content: () -> HTML) {
    self.id = id
    self.title = title
    self.content = content()
  }

  var html: HTML {
    element("section", .id(id), Attribute("aria-labelledby", "\(id)-title")) {
      element("h2", .id("\(id)-title")) { title }
      content
    }
  }
}

/// A sentence of the page.
func paragraph(_ style: String = "", @HTMLBuilder content: () -> HTML) -> HTML {
  element("p", attributes: style.isEmpty ? [] : [.class(style)], content: content)
}

/// A path, a command or a name, as it is typed.
func code(_ foreign: String, limit: Int = PresentationLimits.sanitisedScalars) -> HTML {
  element("code") { HTML.text(foreign, limit: limit) }
}

/// A path that may be broken after each of its directories.
func path(_ foreign: String) -> HTML {
  element("code", .class("path")) {
    let parts = Sanitised(foreign).text.split(separator: "/", omittingEmptySubsequences: false)
    for (position, part) in parts.enumerated() {
      HTML.text(String(part) + (position < parts.count - 1 ? "/" : ""))
      if position < parts.count - 1 { HTML.wordBreak }
    }
  }
}

/// What can be opened and closed without a script.
func fold(
  _ summary: HTML, id: String? = nil, style: String = "", isOpen: Bool = false, @HTMLBuilder content: () -> HTML
)
  -> HTML
{
  var attributes: [Attribute] = style.isEmpty ? [] : [.class(style)]
  if let id { attributes.append(.id(id)) }
  if isOpen { attributes.append(.flag("open")) }
  return element("details", attributes: attributes) {
    element("summary") { summary }
    content()
  }
}

/// Name and value.
func fact(_ name: String, @HTMLBuilder value: () -> HTML) -> HTML {
  element("div") {
    element("dt") { name }
    element("dd", content: value)
  }
}
