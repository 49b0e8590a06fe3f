/// Something that should hold for any input and does not.
struct BrokenPromise: Error, CustomStringConvertible {
  let description: String
}

func demand(_ condition: Bool, _ promise: @autoclosure () -> String) throws(BrokenPromise) {
  guard condition else { throw BrokenPromise(description: promise()) }
}
