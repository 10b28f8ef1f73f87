namespace Jobs.Cli.Import;

/// <summary>The topics that a workload publishes to.</summary>
internal static class TopicFields
{
    public static void AddPublished(WorkloadCode code, string workload, ManifestNode manifest, ImportPlace place)
    {
        if (manifest.Find("publish", "topics") is not { IsList: true } topics) return;
        var all = topics.Items.Select(topic => MadeOf(PublishedTopic.Of(workload, topic), place)).ToList();
        var grants = all.Select(topic => $"topics.{topic.Member}.GrantPublish(job);");
        var arns = all.DistinctBy(topic => topic.Name).Select(topic => (topic.Name, $"topics.{topic.Member}.TopicArn"));
        code.After.Set(
            "publish",
            string.Join('\n', grants.Append(ContainerCode.JsonVariable("COPILOT_SNS_TOPIC_ARNS", [.. arns]))),
            "",
            "New topics, empty of subscribers but for those of this stack: subscribe the others again.");
    }

    private static PublishedTopic MadeOf(PublishedTopic published, ImportPlace place) =>
        place.Topics.First(topic => topic.Member == published.Member);
}
