/// A table that scrolls in its own region where it is too wide, with its heads named for those who hear it.
struct ReportTable {
  let caption: String
  let columns: [Column]
  /// Each with a cell for each column; the first one names the row.
  let rows: [[HTML]]

  struct Column {
    let title: String
    let isNumber: Bool

    init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  var html: HTML {
    element(
      "div", .class("scroll"), Attribute("role", "region"), Attribute("tabindex", "0"), Attribute("aria-label", caption)
    ) {
      element("table") {
        element("caption") { caption }
        element("thead") {
          element("tr") {
            for column in columns {
              element("th", Attribute("scope", "col"), .class(column.isNumber ? "number" : "word")) { column.title }
            }
          }
        }
        element("tbody") {
          for row in rows { self.row(row) }
        }
      }
    }
  }

  private func row(_ cells: [HTML]) -> HTML {
    element("tr") {
      for (column, cell) in zip(columns, cells).enumerated().map({ ($0.offset, $0.element) }) {
        let style = Attribute.class(cell.0.isNumber ? "number" : "word")
        if column == 0 {
          element("th", Attribute("scope", "row"), style) { cell.1 }
        } else {
          element("td", style) { cell.1 }
        }
      }
    }
  }
}
