/// A noun that is written in its canonical form without a ``JSONValue`` in between.
package protocol CanonicallyWritten {
  func write(to writer: inout CanonicalWriter)
}
