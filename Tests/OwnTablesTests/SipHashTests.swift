internal import Testing

@testable internal import OwnTables

@Suite struct SipHashTests {
  @Test("eight bytes have the number that the authors' vectors give them")
  func vector() {
    // Appendix A's key 00…0f; of vectors.h, that of the input 00…07.
    let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
    #expect(SipHash.of(0x0706_0504_0302_0100, key: key) == 0x93f5_f579_9a93_2462)
  }
}
