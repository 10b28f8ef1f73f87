namespace Jobs.Cli.Import;

/// <summary>What only a Worker Service has: how many tasks, its queue, its deployments.</summary>
internal static class ServiceFields
{
    private const string ByBacklog =
        "The service follows the backlog of its queue, MessagesPerTask for each task, and nothing else.";

    private const string Cooldown = "The service is scaled once a minute: that is how often its backlog is counted.";

    private const string AllSpot =
        "A service is all on Spot or not at all here: set Spot = true for the first.";

    private const int MaxTasks = 500;
    private const int MaxMessages = 100_000;
    private const int DefaultTimeout = 30;

    /// <summary>SQS moves a message this many receives after a job's MaxReceives.</summary>
    private const int SpareReceives = 3;

    public static void Add(WorkloadCode code, ManifestNode manifest, ImportPlace place)
    {
        var queue = manifest.Find("subscribe", "queue");
        var isFifo = IsFifo(queue);
        var trigger = new List<(string, string)> { ("Mode", "QueueMode.Service") };
        var service = new List<(string, string)>();
        AddCount(code.Definition, manifest, trigger, service);
        AddDeployment(manifest, service);
        if (!isFifo) AddQueue(code.Definition, queue, trigger);
        trigger.Add(("Service", CSharp.Short("new QueueService", service)));
        code.Definition.Set(
            "Queue", CSharp.Initialized("new QueueTrigger", trigger), "null",
            "An ECS service whose image takes the messages itself, from the queue in COPILOT_QUEUE_URI.");
        if (isFifo)
        {
            code.Definition.Remark(
                "Queue",
                "Its queue is a FIFO queue, made below. The job's own, which is none, stays empty, so the number of " +
                "tasks does not follow the backlog.");
        }

        SubscriptionFields.Add(code.After, manifest, isFifo, place);
    }

    public static bool IsFifo(ManifestNode? queue) =>
        queue?.Find("fifo") is { } fifo && (fifo.IsMap || fifo.Flag());

    private static void AddCount(
        Section definition, ManifestNode manifest, List<(string, string)> trigger, List<(string, string)> service)
    {
        var count = manifest.Find("count");
        var (least, most) = (1, 1);
        if (count is { IsMap: false }) least = most = count.Number(0, MaxTasks);
        else if (count?.Find("spot") is { } spot)
        {
            least = most = spot.Number(0, MaxTasks);
            definition.Set("Spot", "true", "false");
        }
        else if (count?.Find("range") is { } range) (least, most) = Range(definition, range);

        trigger.Add(("MaxTasks", CSharp.Number(Math.Max(1, most))));
        service.Add(("MinTasks", CSharp.Number(least)));
        if (most == 0)
        {
            definition.Remark("Queue", "count: 0. Here the first message starts a task; remove the job to have none.");
        }

        AddBacklog(definition, count, trigger);
    }

    private static (int Least, int Most) Range(Section definition, ManifestNode range)
    {
        if (range.IsMap)
        {
            definition.Leave("Spot", range.Find("spot_from"), AllSpot);
            return (
                range.Find("min")?.Number(0, MaxTasks) ?? throw range.Fault("has a min", "Write it as min: 1."),
                range.Find("max")?.Number(1, MaxTasks) ?? throw range.Fault("has a max", "Write it as max: 10."));
        }

        return range.Text().Split('-') is [var from, var to]
            && int.TryParse(from, out var least) && int.TryParse(to, out var most)
            && least >= 0 && least <= most && most is > 0 and <= MaxTasks
                ? (least, most)
                : throw range.Fault(
                    $"is two numbers up to {MaxTasks}, the smaller one first", "Write it as range: 1-10.");
    }

    private static void AddBacklog(Section definition, ManifestNode? count, List<(string, string)> trigger)
    {
        if (count is not { IsMap: true }) return;
        definition.Leave("Queue", count.Find("cpu_percentage"), ByBacklog);
        definition.Leave("Queue", count.Find("memory_percentage"), ByBacklog);
        definition.Leave("Queue", count.Find("cooldown"), Cooldown);
        if (count.Find("queue_delay") is not { } delay) return;
        definition.Leave("Queue", delay.Find("cooldown"), Cooldown);
        if (delay.Find("acceptable_latency") is not { } latency || delay.Find("msg_processing_time") is not { } each)
        {
            throw delay.Fault(
                "has acceptable_latency and msg_processing_time", "Write them as acceptable_latency: 10m and 250ms.");
        }

        var (wait, work) = (latency.Span(), each.Span());
        if (work <= TimeSpan.Zero || wait < work)
        {
            throw latency.Fault("is longer than msg_processing_time", "Write it as acceptable_latency: 10m.");
        }

        trigger.Add(("MessagesPerTask", CSharp.Number((int)Math.Min(MaxMessages, wait / work))));
        definition.Remark(
            "Queue", $"MessagesPerTask is {latency.Shown} of acceptable latency, at {each.Shown} for each message.");
    }

    private static void AddDeployment(ManifestNode manifest, List<(string, string)> service)
    {
        if (manifest.Find("deployment", "rolling") is not { } rolling) return;
        if (rolling.Choice("default", "recreate") == "default") return;
        service.Add(("MinimumHealthyPercent", "0"));
        service.Add(("MaximumPercent", "100"));
    }

    /// <summary>What a job's queue declares; the rest is set on the queue itself.</summary>
    private static void AddQueue(Section definition, ManifestNode? queue, List<(string, string)> trigger)
    {
        var visible = (int)Math.Ceiling(queue?.Find("timeout")?.Span().TotalSeconds ?? DefaultTimeout);
        if (visible >= DefaultTimeout) trigger.Add(("VisibilitySeconds", CSharp.Number(visible)));
        if (queue?.Find("dead_letter", "tries") is { } tries)
        {
            var number = tries.Number(1, 1_000);
            trigger.Add(("MaxReceives", CSharp.Number(Math.Max(1, number - SpareReceives))));
            definition.Remark(
                "Queue",
                $"SQS moves a message to the dead letters {SpareReceives} receives after MaxReceives, which are the " +
                $"host's to use and here the image's: {Math.Max(1, number - SpareReceives) + SpareReceives} in all" +
                $"{(number > SpareReceives ? "" : $", where the manifest has {number}")}.");
        }
        else
        {
            trigger.Add(("MaxReceives", "1_000"));
            definition.Remark(
                "Queue",
                "The manifest has no dead_letter: a message that fails comes again until it expires. 1,000 receives are " +
                "the most; 5 is the default here.");
        }
    }
}
