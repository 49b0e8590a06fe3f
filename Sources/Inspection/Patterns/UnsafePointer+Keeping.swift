extension UnsafePointer where Pointee: BitwiseCopyable {
  /// Memory of its own with these elements, for who reads them at every byte of a text: until it is deallocated.
  init(keeping elements: [Pointee]) {
    let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: max(1, elements.count))
    memory.initialize(from: elements, count: elements.count)
    self.init(memory)
  }
}
