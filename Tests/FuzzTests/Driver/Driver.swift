internal import Glibc

/// libFuzzer's way in. `SALLYPORT_FUZZ_TARGET` names the target; a broken promise ends the process, so that the input
/// is kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    try chosen.check(bytes)
  } catch {
    fputs("\(chosen.name): \(error)\n", stderr)
    abort()
  }
  return 0
}

private let chosen: FuzzTarget = {
  let name = getenv("SALLYPORT_FUZZ_TARGET").flatMap { String(validatingCString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fputs("set SALLYPORT_FUZZ_TARGET to one of: \(FuzzTarget.all.map(\.name).joined(separator: ", "))\n", stderr)
    exit(2)
  }
  return target
}()
