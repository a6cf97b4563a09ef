import Exposition
import Testing

struct StoredDeflateTests {
  @Test(arguments: [0, 1, 65_535, 65_536, 200_000])
  func blocksWithoutCompressionAreAFragmentToo(_ length: Int) throws {
    let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let more = Array("and more\n".utf8)
    let checksum = Checksum(of: text + more)
    let body =
      Envelope.head(.gzip) + Deflate.stored(text) + Deflate.fragment(more) + Envelope.tail(.gzip, checksum)
    #expect(try Gunzip.oneMember(body) == text + more)
  }
}
