/// How one of several choices of thresholds did.
package struct SettingScore: Sendable, Hashable, Codable {
  package let setting: String
  package let scores: [Score]
  /// In companies in which nothing was to be told, of all publications that are judged.
  package let quietAlarms: Int

  init(_ setting: Setting, _ report: Report) {
    self.setting = setting.title
    scores = report.scores
    quietAlarms = report.quietAlarms.count
  }
}
