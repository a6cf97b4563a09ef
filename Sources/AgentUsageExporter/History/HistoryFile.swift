import Exposition
import Foundation

/// Why a history cannot be written, in words for the terminal.
struct HistoryFault: Error, CustomStringConvertible {
  let description: String

  fileprivate init(_ path: String, _ error: any Error) {
    let reason = (error as NSError).localizedDescription
    description = "cannot write \(path): \(reason); --history.file must name a file on a disk with room for gigabytes"
  }
}

/// The file of a history, opened before anything is recorded so that hours are not recorded for nothing.
struct HistoryFile: Sendable {
  let path: String
  private let handle: FileHandle
  private let queue = DispatchQueue(label: "history")

  /// Empties the file, or makes it.
  init(path: String) throws(HistoryFault) {
    self.path = path
    do {
      try Data().write(to: URL(fileURLWithPath: path))
      handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// Writes the recording and closes the file.
  ///
  /// - Returns: how many bytes it has.
  func write(
    _ recorder: ScrapeRecorder, at timestamps: [Int64], adding labels: LabelSet
  ) async throws(HistoryFault) -> Int {
    // Gigabytes may take a while, for which a thread is held that is nobody's else.
    let outcome = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: writeAndClose(recorder, timestamps, labels)) }
    }
    return try outcome.get()
  }

  private func writeAndClose(
    _ recorder: ScrapeRecorder, _ timestamps: [Int64], _ labels: LabelSet
  ) -> Result<Int, HistoryFault> {
    var size = 0
    do {
      try recorder.text(at: timestamps, adding: labels) { piece in
        try handle.write(contentsOf: piece)
        size += piece.count
      }
      try handle.close()
      return .success(size)
    } catch {
      return .failure(HistoryFault(path, error))
    }
  }
}
