/// All scenes, by the file of their alerts.
enum RuleScenes {
  static let all =
    provider + exporter + dataQuality + budget + usage + usageAlerts + catchUp + back + UsageValues.scenes
    + UsageRuleScenes.scenes
}
