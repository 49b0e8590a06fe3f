/// A picture in a page, with a name and a description for those who do not see it.
struct SVGPicture {
  /// Unique in the page.
  let id: String
  let title: String
  let description: String
  let width: Double
  let height: Double
  /// In which layout of the page it is shown.
  let style: String
  let content: HTML

  var html: HTML {
    element(
      "svg", .id(id), .class(style), Attribute("role", "img"), Attribute("aria-labelledby", "\(id)-t \(id)-d"),
      Attribute("viewBox", "0 0 \(SVGNumber(width)) \(SVGNumber(height))"), Attribute("width", width),
      Attribute("height", height)
    ) {
      element("title", .id("\(id)-t")) { title }
      element("desc", .id("\(id)-d")) { description }
      content
    }
  }
}
