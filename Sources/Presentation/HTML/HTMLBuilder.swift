/// Puts pieces of a page one after the other; a text among them is made safe.
@resultBuilder
package enum HTMLBuilder {
  package static func buildExpression(_ html: HTML) -> HTML { html }
  package static func buildExpression(_ foreign: String) -> HTML { .text(foreign) }
  package static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
  package static func buildBlock(_ parts: HTML...) -> HTML { buildArray(parts) }
  package static func buildOptional(_ part: HTML?) -> HTML { part ?? HTML() }
  package static func buildEither(first part: HTML) -> HTML { part }
  package static func buildEither(second part: HTML) -> HTML { part }

  package static func buildArray(_ parts: [HTML]) -> HTML {
    guard var whole = parts.first else { return HTML() }
    for part in parts.dropFirst() { whole.append(part) }
    return whole
  }
}
