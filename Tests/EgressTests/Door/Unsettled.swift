internal import Glibc

/// Tests that were written last and have not been seen to pass on a quiet machine; run with `SALLYPORT_UNSETTLED=1`.
enum Unsettled {
  static let areRun = getenv("SALLYPORT_UNSETTLED") != nil
}
