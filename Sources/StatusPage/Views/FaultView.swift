import Collection
import Foundation
import Publication
import Usage

/// Something that is wrong with the exporter itself.
struct FaultView {
  let label: String
  let sign = StatusState.failing.sign
  let subject: String
  let sentence: String
  let remedy: String
  let consequence: String

  init(_ fault: ExporterStanding.Fault, now: Date) {
    switch fault {
    case .configurationRefused(let since):
      label = "Refused"
      subject = "Configuration"
      sentence = "The configuration could not be read again."
      remedy = "The log names every fault, and so does agent-usage-exporter check-config. Mend them and reload."
      consequence = "The configuration of \(InstantText(since, now: now, in: .utc).exact) stays in force."
    case .ledgerNotWritten:
      label = "Not written"
      subject = "Ledger"
      sentence = "The ledger cannot be written."
      remedy = "Make room on the disk of --state.path, or see why it is read-only; the log says what the system said."
      consequence = "Counters stand still until it can be written again; what is missed is counted then."
    }
  }
}
