namespace Jobs.Cli.Import;

/// <summary>A topic that an imported workload publishes to, and which the stack therefore makes.</summary>
/// <param name="Props">Code of its TopicProps; null for none.</param>
internal sealed record PublishedTopic(string Service, string Name, bool IsFifo, string? Props)
{
    /// <summary>Of the generated property.</summary>
    public string Member => CSharp.Name(Service) + CSharp.Name(Name) + (IsFifo ? "Fifo" : "");

    /// <summary>All that a manifest publishes, in any environment.</summary>
    public static IEnumerable<PublishedTopic> Of(Workload workload) =>
        from environment in workload.Environments.Cast<string?>().Prepend(null)
        let topics = workload.In(environment).Find("publish", "topics")
        where topics is { IsList: true }
        from topic in topics.Items
        where topic.IsMap && topic["name"]?.Scalar is not null
        select Of(workload.Name, topic);

    public static PublishedTopic Of(string service, ManifestNode topic)
    {
        if (topic["name"] is not { Scalar: not null } name)
        {
            throw topic.Fault("has a name", "Write it as - name: TOPIC.");
        }

        var fifo = topic.Find("fifo");
        var isFifo = fifo is not null && (fifo.IsMap || fifo.Flag());
        var props = new List<(string, string)>();
        if (isFifo) props.Add(("Fifo", "true"));
        if (fifo?.Find("content_based_deduplication") is { } content)
        {
            props.Add(("ContentBasedDeduplication", CSharp.Flag(content.Flag())));
        }

        return new PublishedTopic(
            service, name.Text(), isFifo, props.Count == 0 ? null : CSharp.Short("new TopicProps", props));
    }
}
