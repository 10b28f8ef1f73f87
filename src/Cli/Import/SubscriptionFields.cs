namespace Jobs.Cli.Import;

/// <summary>The queue's settings, further queues, and the topics that send to them.</summary>
internal static class SubscriptionFields
{
    private const string Step = "subscribe";
    private const int MaxDelay = 900;
    private const int MinRetention = 60;
    private const int MaxRetention = 1_209_600;
    private const int MaxTimeout = 43_200;

    /// <summary>Shorter ones a declaration does not take.</summary>
    private const int DeclaredTimeout = 30;

    /// <summary>As a job's own queue is.</summary>
    private static readonly (string, string)[] Protected =
        [("EnforceSSL", "true"), ("Encryption", "QueueEncryption.SQS_MANAGED")];

    private const string BadFilter =
        "A filter policy is a map of lists here: write each value as a list, and import again.";

    /// <summary>One step, because what it declares is used by the rest of it.</summary>
    public static void Add(Section after, ManifestNode manifest, bool isFifo, ImportPlace place)
    {
        var queue = manifest.Find("subscribe", "queue");
        var lines = new List<string>
        {
            isFifo
                ? $"{Queue("events", "Events", queue!)}\n{Uri("events")}"
                : OwnQueue(queue),
        };
        var uris = new List<(string, string)>();
        if (manifest.Find("subscribe", "topics") is { IsList: true } topics)
        {
            lines.AddRange(topics.Items.Select(topic => Topic(after, topic, isFifo, place, uris)));
        }

        if (uris.Count > 0)
        {
            lines.Add(ContainerCode.JsonVariable("COPILOT_TOPIC_QUEUE_URIS", uris));
            after.Remark(Step, "The number of tasks follows the job's own queue, not those of single topics.");
        }

        after.Set(Step, string.Join("\n\n", lines), "");
    }

    private static string Uri(string queue) =>
        $"container?.AddEnvironment(\"COPILOT_QUEUE_URI\", {queue}.QueueUrl);";

    private static string OwnQueue(ManifestNode? queue)
    {
        var lines = new List<string> { Uri("queue") };
        var settings = new List<string>();
        if (SecondsOf(queue, "delay", 0, MaxDelay) is { } delay) settings.Add($"DelaySeconds = {CSharp.Number(delay)}");
        if (SecondsOf(queue, "retention", MinRetention, MaxRetention) is { } retention)
        {
            settings.Add($"MessageRetentionPeriod = {CSharp.Number(retention)}");
        }

        if (SecondsOf(queue, "timeout", 0, MaxTimeout) is { } timeout && timeout < DeclaredTimeout)
        {
            settings.Add($"VisibilityTimeout = {CSharp.Number(timeout)}");
        }

        if (settings.Count > 0) lines.Add("var resource = (CfnQueue)queue.Node.DefaultChild!;");
        lines.AddRange(settings.Select(setting => $"resource.{setting};"));
        return $"if (job.Queue is {{ }} queue)\n{{\n{CSharp.Indented(string.Join('\n', lines))}\n}}";
    }

    private static string Topic(
        Section after, ManifestNode topic, bool isOwnFifo, ImportPlace place, List<(string, string)> uris)
    {
        var name = (topic.Find("name") ?? throw topic.Fault("has a name", "Write it as - name: TOPIC.")).Text();
        var service = (topic.Find("service")
            ?? throw topic.Fault("has a service", "Name the service that publishes the topic.")).Text();
        var own = topic.Find("queue") is { } node && (node.IsMap || node.Flag()) ? node : null;
        var isFifo = own is null ? isOwnFifo : ServiceFields.IsFifo(own);
        var id = CSharp.Name(service) + CSharp.Name(name) + (isFifo ? "Fifo" : "");
        var variable = char.ToLowerInvariant(id[0]) + id[1..];
        var target = own is not null ? $"{variable}Queue" : isOwnFifo ? "events" : "job.Queue";
        var from = SourceOf(service, name, isFifo, place);
        var props = Filter(after, topic) is { } filter
            ? $", {CSharp.Initialized("new SqsSubscriptionProps", [("FilterPolicy", filter)])}"
            : "";
        var subscription = $"new SqsSubscription({target}{props})";
        var subscribe = $"{from}\n{CSharp.Indented($".AddSubscription({subscription});")}";
        if (target == "job.Queue") subscribe = $"if (job.Queue is not null)\n{{\n{CSharp.Indented(subscribe)}\n}}";
        if (own is not null)
        {
            subscribe = $"{Queue($"{variable}Queue", $"{id}Queue", own)}\n{subscribe}";
            uris.Add((UriName(service, isFifo ? $"{name}.fifo" : name), $"{target}.QueueUrl"));
        }

        return subscribe;
    }

    /// <summary>Made here, or Copilot's own, which it may go on publishing to.</summary>
    private static string SourceOf(string service, string name, bool isFifo, ImportPlace place)
    {
        var made = place.Topics.FirstOrDefault(
            topic => topic.Service == service && topic.Name == name && topic.IsFifo == isFifo);
        var full = CSharp.Text(isFifo ? $"{name}.fifo" : name);
        return made is null
            ? $"Copilot.TopicOf(scope, environment, {CSharp.Text(service)}, {full})"
            : $"topics.{made.Member}";
    }

    /// <summary>The key of a queue in COPILOT_TOPIC_QUEUE_URIS, as Copilot makes it.</summary>
    private static string UriName(string service, string topic)
    {
        var letters = string.Concat(topic.Where(char.IsAsciiLetterOrDigit));
        var title = letters.Length == 0 ? "" : char.ToUpperInvariant(letters[0]) + letters[1..].ToLowerInvariant();
        return $"{string.Concat(service.Where(char.IsAsciiLetterOrDigit))}{title}EventsQueue";
    }

    /// <summary>A queue beside the job's own, which its image reads as well.</summary>
    private static string Queue(string variable, string id, ManifestNode queue)
    {
        var isFifo = ServiceFields.IsFifo(queue);
        var props = new List<(string, string)>(Protected);
        AddSpan("RetentionPeriod", "retention", MinRetention, MaxRetention);
        AddSpan("DeliveryDelay", "delay", 0, MaxDelay);
        AddSpan("VisibilityTimeout", "timeout", 0, MaxTimeout);
        if (isFifo) props.AddRange(Fifo(queue.Find("fifo")!));
        if (queue.Find("dead_letter", "tries") is { } tries)
        {
            var letters = new List<(string, string)>(Protected) { ("RetentionPeriod", "Duration.Days(14)") };
            if (isFifo) letters.Add(("Fifo", "true"));
            props.Add(("DeadLetterQueue", CSharp.Initialized(
                "new DeadLetterQueue",
                [
                    ("Queue", CSharp.Initialized(
                        $"new Queue(scope, {CSharp.Text($"{id}DeadLetters")}, new QueueProps", letters) + ")"),
                    ("MaxReceiveCount", CSharp.Number(tries.Number(1, 1_000))),
                ])));
        }

        var made = CSharp.Initialized($"new Queue(scope, {CSharp.Text(id)}, new QueueProps", props);
        return $"var {variable} = {made});\n{variable}.GrantConsumeMessages(job);";

        void AddSpan(string member, string key, int least, int most)
        {
            if (SecondsOf(queue, key, least, most) is { } seconds)
            {
                props.Add((member, $"Duration.Seconds({CSharp.Number(seconds)})"));
            }
        }
    }

    private static IEnumerable<(string, string)> Fifo(ManifestNode fifo)
    {
        yield return ("Fifo", "true");
        if (fifo.Find("content_based_deduplication") is { } content)
        {
            yield return ("ContentBasedDeduplication", CSharp.Flag(content.Flag()));
        }

        var isHigh = fifo.Find("high_throughput")?.Flag() ?? false;
        var scope = fifo.Find("deduplication_scope")?.Choice("messageGroup", "queue");
        if ((isHigh ? "messageGroup" : scope) is { } deduplication)
        {
            var member = deduplication == "queue" ? "QUEUE" : "MESSAGE_GROUP";
            yield return ("DeduplicationScope", $"DeduplicationScope.{member}");
        }

        var given = fifo.Find("throughput_limit")?.Choice("perMessageGroupId", "perQueue");
        if ((isHigh ? "perMessageGroupId" : given) is { } limit)
        {
            var member = limit == "perQueue" ? "PER_QUEUE" : "PER_MESSAGE_GROUP_ID";
            yield return ("FifoThroughputLimit", $"FifoThroughputLimit.{member}");
        }
    }

    private static int? SecondsOf(ManifestNode? queue, string key, int least, int most)
    {
        if (queue?.Find(key) is not { } span) return null;
        var seconds = (long)Math.Ceiling(span.Span().TotalSeconds);
        return seconds >= least && seconds <= most
            ? (int)seconds
            : throw span.Fault($"is {least} to {most} seconds", $"Write it as {key}: {Math.Max(1, least)}s.");
    }

    /// <summary>Code of the policy; null for none, or for one that is left.</summary>
    private static string? Filter(Section after, ManifestNode topic)
    {
        if (topic.Find("filter_policy") is not { } policy) return null;
        if (!policy.IsMap || policy.Members.Any(member => !member.Value.IsList))
        {
            after.Leave(Step, policy, BadFilter);
            return null;
        }

        return CSharp.Dictionary(
            "SubscriptionFilter",
            [.. policy.Members.Select(member => (member.Key, $"new SubscriptionFilter({JsonCode.Of(member.Value)})"))]);
    }
}
