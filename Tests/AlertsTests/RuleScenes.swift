/// All scenes, by the file of their alerts.
enum RuleScenes {
  static let all = provider + exporter + dataQuality + budget + usage + usageAlerts + catchUp + UsageValues.scenes
}
