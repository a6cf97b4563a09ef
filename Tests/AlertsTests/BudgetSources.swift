/// Where the spent amount comes from: scenes with gauges of agents and models.
enum BudgetSources {
  static let scenes: [RuleScene] = [
    exceeds(
      "agents, whose sum is larger than that of the models", "credits", "130%",
      [
        agents("credits", [600, 700]), models("credits", [500, 500]),
      ]),
    exceeds(
      "models, whose sum is larger than that of the agents", "tokens", "125%",
      [
        [
          gauge("agent_period_tokens", #",agent_id="1",token_type="input""#, 400),
          gauge("agent_period_tokens", #",agent_id="1",token_type="output""#, 300),
          gauge("model_period_tokens", #",model="m",model_provider="x",token_type="input""#, 500),
          gauge("model_period_tokens", #",model="m",model_provider="x",token_type="output""#, 400),
          gauge("model_period_tokens", #",model="m",model_provider="y",token_type="output""#, 200),
          gauge("model_period_tokens", #",model="n",model_provider="y",token_type="output""#, 150),
        ]
      ]),
    exceeds(
      "the workspace's own total, which is smaller than the agents' sum", "messages", "110%",
      [
        agents("messages", [700, 800]), [gauge("workspace_period_messages", "", 1100)],
      ]),
    exceeds(
      "thumbs up and down", "feedback", "140%",
      [
        [
          gauge("agent_period_feedback", #",agent_id="1",thumb="up""#, 800),
          gauge("agent_period_feedback", #",agent_id="1",thumb="down""#, 600),
        ]
      ]),
    RuleScene(
      "AgentUsageBudgetExceeded", .muted, "conversations of agents, which are not to be summed",
      series: calendar + agents("conversations", [700, 800]) + [gauge("budget_conversations", "", 1000)],
      quiet: [30, 60]),
  ]

  private static func exceeds(
    _ name: String, _ measure: String, _ share: String, _ gauges: [[InputSeries]]
  ) -> RuleScene {
    RuleScene(
      "AgentUsageBudgetExceeded", .fires, name,
      series: calendar + gauges.flatMap { $0 } + [gauge("budget_\(measure)", "", 1000)],
      firing: [30], as: RuleScenes.isExceeded(share, measure: measure))
  }

  private static func agents(_ measure: String, _ amounts: [Int]) -> [InputSeries] {
    amounts.enumerated().map { gauge("agent_period_\(measure)", #",agent_id="\#($0)""#, $1) }
  }

  private static func models(_ measure: String, _ amounts: [Int]) -> [InputSeries] {
    amounts.enumerated().map { gauge("model_period_\(measure)", #",model="\#($0)",model_provider="""#, $1) }
  }

  private static let calendar = [
    gauge("period_start_timestamp_seconds", "", -864_000), gauge("period_end_timestamp_seconds", "", 1_728_000),
  ]

  private static func gauge(_ name: String, _ labels: String, _ value: Int) -> InputSeries {
    InputSeries(#"agentusage_\#(name){provider="dust",workspace="acme",period="month"\#(labels)}"#, "\(value)+0x60")
  }
}
