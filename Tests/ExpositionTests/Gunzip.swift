import CZlib

enum Gunzip {
  struct Failure: Error {
    let status: Int32
    let bytesLeft: UInt32
  }

  /// The text of a gzip file that is exactly one member, whose checksum and length zlib has found right.
  static func oneMember(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Failure(status: Z_MEM_ERROR, bytesLeft: 0)
    }
    defer { inflateEnd(&stream) }
    var text: [UInt8] = []
    var input = bytes
    var room = [UInt8](repeating: 0, count: 64 << 10)
    let status = input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      var status = Z_OK
      while status == Z_OK {
        room.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          status = inflate(&stream, Z_NO_FLUSH)
        }
        text.append(contentsOf: room.dropLast(Int(stream.avail_out)))
      }
      return status
    }
    guard status == Z_STREAM_END, stream.avail_in == 0 else {
      throw Failure(status: status, bytesLeft: stream.avail_in)
    }
    return text
  }
}
