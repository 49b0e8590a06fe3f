/// Checks what is about to be written into a head, so that no value can start a line of its own.
///
/// Parsed HTTP/1 fields have passed these rules already; fields of HTTP/2, of secrets and of policy have not.
package enum HTTPFieldSyntax {
  package static func check(_ fields: [HTTPField]) throws(HTTPSyntaxError) {
    for field in fields { try check(field) }
  }

  package static func check(_ field: HTTPField) throws(HTTPSyntaxError) {
    guard !field.name.isEmpty else { throw HTTPSyntaxError(.emptyFieldName) }
    guard field.name.utf8.allSatisfy(\.isTokenCharacter) else { throw HTTPSyntaxError(.fieldName) }
    guard field.value.utf8.allSatisfy(\.isFieldValueCharacter) else { throw HTTPSyntaxError(.fieldValue) }
  }

  static func checkMethod(_ method: String) throws(HTTPSyntaxError) {
    guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenCharacter) else { throw HTTPSyntaxError(.method) }
  }

  static func checkTarget(_ target: String) throws(HTTPSyntaxError) {
    guard !target.isEmpty, target.utf8.allSatisfy(\.isTargetCharacter) else { throw HTTPSyntaxError(.target) }
  }
}
