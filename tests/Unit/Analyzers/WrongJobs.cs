namespace Jobs.Tests.Unit.Analyzers;

/// <summary>Declarations with one mistake each. What the analyzer is to underline stands between [| and |].</summary>
internal static class WrongJobs
{
    /// <summary>Attributes of a job that takes what its trigger gives.</summary>
    public static IEnumerable<(string Attributes, string Input)> Attributes =>
    [
        // Names, owner, recipients.
        ("""[Job([|Name = "Line Count"|])]""", "Upload"),
        ("""[Job([|Name = ""|])]""", "Upload"),
        ("""[Job([|Owner = " "|])]""", "Upload"),
        ("""[Notify([|"no-one"|])]""", "Upload"),
        ("""[Notify("a@example.com"), Notify([|"a@example.com"|], On = NotifyOn.Success)]""", "Upload"),

        // Labels.
        ("""[Label([|"Team"|], "billing")]""", "Upload"),
        ("""[Label([|"team"|], "")]""", "Upload"),
        ("""[Label([|"team"|], "a"), Label("team", "b")]""", "Upload"),

        // Sizes.
        ("[Job([|Cpu = 300|])]", "Upload"),
        ("[Job([|MemoryMiB = 700|])]", "Upload"),
        ("[[|Job(Cpu = 1024, MemoryMiB = 700)|]]", "Upload"),
        ("[Job(TimeoutMinutes = 10, [|EphemeralStorageGiB = 20|])]", "Upload"),
        ("[Job([|MaxMemoryMiB = 512|])]", "Upload"),

        // Times and limits.
        ("[Job([|TimeoutMinutes = 0|])]", "Upload"),
        ("[Job([|TimeoutMinutes = 10_081|], Cpu = 512, MemoryMiB = 1024)]", "Upload"),
        ("[Job([|RunTimeoutMinutes = 30|])]", "Upload"),
        ("[Job([|StopTimeoutSeconds = 121|])]", "Upload"),
        ("[Job([|MaxConcurrent = 10_001|])]", "Upload"),

        // Retries.
        ("[Retry([|Attempts = 0|])]", "Upload"),
        ("[Retry([|BackoffSeconds = -1|])]", "Upload"),
        ("[Retry([|MaxBackoffSeconds = 1|])]", "Upload"),
        ("[Retry([|NonRetryableExitCodes = [1, 256]|])]", "Upload"),
        ("[Retry([|RetryableClasses = [VerdictClass.Cancelled]|])]", "Upload"),
        ("[Retry([|RetryableClasses = [(VerdictClass)1000]|])]", "Upload"),
        ("[Retry([|NonRetryableErrors = [typeof(FormatException), typeof(Odd)]|], " +
            "RetryableErrors = [typeof(Odd)])]", "Upload"),

        // Uploads and prefixes.
        ("""[OnUpload([|"in/*.csv"|])]""", "Upload"),
        ("""[OnUpload([|".csv"|])]""", "Upload"),
        ("""[OnUpload([|"s3://raw/in/"|])]""", "Upload"),
        ("""[OnUpload([|"/in/"|])]""", "Upload"),
        ("""[OnUpload([|"_jobs/results/"|])]""", "Upload"),
        ("""[OnUpload("in/", [|Suffix = "*.csv"|])]""", "Upload"),
        ("""[OnUpload("in/", [|Bucket = "Raw_Files"|])]""", "Upload"),
        ("""[OnUpload("in/", [|Priority = 10|])]""", "Upload"),
        ("""[OnUpload("in/"), OnUpload([|"in/"|])]""", "Upload"),
        ("""[OnUpload("in/"), [|Writes("in/done/")|]]""", "Upload"),
        ("""[Reads([|"rates/*"|])]""", "Upload"),
        ("""[Writes([|"_jobs/mine/"|])]""", "Upload"),
        ("""[Lists([|"/all"|])]""", "Upload"),

        // Events.
        ("""[[|OnEvent(DetailType = "Order Failed")|]]""", "Order"),
        ("""[OnEvent([|Source = "aws.*"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Detail = "{"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Detail = "[]"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Detail = "{\"state\": \"failed\"}"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Detail = "{\"state\": [{\"prefx\": \"f\"}]}"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Detail = "{\"n\": [{\"numeric\": [\">\", 1e999]}]}"|])]""", "Order"),
        ("""[[|OnEvent(Pattern = "{\"sauce\": [\"a\"]}")|]]""", "Order"),
        ("""[OnEvent(Source = "a", [|Bus = "no bus"|])]""", "Order"),
        ("""[OnEvent(Source = "a", [|Name = "Odd Name"|])]""", "Order"),
        ("""[OnEvent(Source = "a"), [|OnEvent(Source = "a")|]]""", "Order"),
        ("""[[|OnEvent(Source = "aws.ecs")|]]""", "Event<Order>"),

        // Schedules.
        ("""[OnSchedule([|"rate(1 hours)"|])]""", "ScheduledTime"),
        ("""[OnSchedule([|"rate(99999999 days)"|])]""", "ScheduledTime"),
        ("""[OnSchedule([|"cron(0 2 * * *)"|])]""", "ScheduledTime"),
        ("""[OnSchedule([|"cron(0 2 31 2 ? *)"|])]""", "ScheduledTime"),
        ("""[OnSchedule([|"cron(0 25 * * ? *)"|], TimeZone = "Europe/Berlin")]""", "ScheduledTime"),
        ("""[OnSchedule("cron(0 2 * * ? *)", [|TimeZone = "Europe/Berlim"|])]""", "ScheduledTime"),
        ("""[OnSchedule("cron(0 2 * * ? *)", [|TimeZone = "Central European Standard Time"|])]""", "ScheduledTime"),
        ("""[OnSchedule("rate(1 hour)", [|TimeZone = "Europe/Berlin"|])]""", "ScheduledTime"),
        ("""[OnSchedule("rate(1 hour)", [|Overlap = (OverlapPolicy)7|])]""", "ScheduledTime"),
        ("""[OnSchedule("rate(1 hour)"), [|OnSchedule("rate(1 hour)", Overlap = OverlapPolicy.Allow)|]]""",
            "ScheduledTime"),

        // What the triggers give is not what the job takes.
        ("""[[|OnUpload("in/")|]]""", "Order"),
        ("""[[|OnSchedule("rate(1 hour)")|]]""", "Order"),
        ("[[|After<Other>|]]", "Order"),
        ("[After<Other>([|On = AfterOutcome.Failure|])]", "Done"),
        ("""[[|After("other")|]]""", "Order"),
        ("[[|After<Other>|]]", "List<Ended<int>>"),

        // Only a handler has a queue.
        ("[[|OnQueue|]]", "Order"),
        ("[[|ScaleOnBacklog(100, 1)|]]", "Upload"),
        ("""[[|ScaleOnSchedule("cron(0 6 * * ? *)", 1, 2)|]]""", "Upload"),
    ];

    /// <summary>Attributes of a handler.</summary>
    public static IEnumerable<string> Handlers =>
    [
        "[OnQueue([|MessagesPerTask = 0|])]",
        "[OnQueue([|MaxTasks = 501|])]",
        "[OnQueue([|IdleSeconds = 4|])]",
        "[OnQueue([|VisibilitySeconds = 29|])]",
        "[OnQueue([|MaxReceives = 1_001|])]",
        "[OnQueue([|Parallelism = 0|])]",
        "[OnQueue([|Mode = (QueueMode)5|])]",
        "[OnQueue([|MinTasks = 1|])]",
        "[OnQueue(Mode = QueueMode.Service, [|MinTasks = 11|])]",
        "[OnQueue(Mode = QueueMode.Service, [|MaximumPercent = 100|])]",
        "[OnQueue(Mode = QueueMode.Service), [|ScaleOnBacklog(0, 1)|]]",
        "[OnQueue(Mode = QueueMode.Service), ScaleOnBacklog(10, 1), [|ScaleOnBacklog(10, 2)|]]",
        """[OnQueue(Mode = QueueMode.Service), ScaleOnSchedule([|"cron(0 6 * * *)"|], 1, 2, Name = "mornings")]""",
        """[OnQueue(Mode = QueueMode.Service), [|ScaleOnSchedule("cron(0 6 * * ? *)", 3, 2)|]]""",
        """[OnQueue(Mode = QueueMode.Service), [|Notify("a@example.com")|]]""",
        """[OnQueue, [|OnUpload("in/")|]]""",
        """[[|OnUpload("in/")|]]""",
        """[OnQueue, [|OnSchedule("rate(1 hour)")|]]""",
        "[OnQueue, Retry([|Attempts = 1|])]",
        "[Job([|MaxConcurrent = 3|]), OnQueue]",
        "[Job([|MaxMemoryMiB = 1024|]), OnQueue]",
    ];

    /// <summary>Whole classes.</summary>
    public static IEnumerable<string> Classes =>
    [
        "[[|Job|]] public sealed class Plain;",
        "[[|Retry|]] public static class Plain;",
        "[[|Job|]] public abstract class Base : IJob<Upload, Done> { " + Run("Upload") + " }",
        "[Job] public class [|Generic|]<T> : IJob<Upload, Done> { " + Run("Upload") + " }",
        "public class [|Generic|]<T> : IJob<T, Done> { " + Run("T") + " }",
        "public class [|Twice|] : IJob<Upload, Done>, IJob<Order, Done> { " + Run("Upload") + Run("Order") + " }",
        "public class Outer { public class [|Inner|] : IJob<Upload, Done>, IJob<Order, Done> { " +
            Run("Upload") + Run("Order") + " } }",
        "public class [|NoQueue|] : IMessageHandler<Order> { " + Handle + " }",
        """[OnUpload("in/", [|Priority = 3|])] public class Shared : IMessageHandler<Upload> { """ +
            Handle.Replace("Order ", "Upload ", StringComparison.Ordinal) + " }",
        "public class [|NoQueue|] : IMessageHandler<Dictionary<string, Order>[]> { " +
            Handle.Replace("Order ", "Dictionary<string, Order>[] ", StringComparison.Ordinal) + " }",
        "public class [|" + new string('A', 65) + "|] : IJob<Upload, Done> { " + Run("Upload") + " }",
        """[OnSchedule("rate(1 hour)", [|Name = "a-name-that-takes-all-the-room-and-more"|])] public class """ +
            "AJobWithQuiteALongNameOfItsOwn : IJob<ScheduledTime, Done> { " + Run("ScheduledTime") + " }",
        "[Job(Cpu = 300), [|After<Plain>|]] public class Next : IJob<Order, Done> { " + Run("Order") +
            " public class Plain; }",
    ];

    /// <summary>Jobs that do not go together.</summary>
    public static IEnumerable<string> Together =>
    [
        """[After("other"), After("other", On = AfterOutcome.Failure)] public class [|Next|] : """ +
            "IJob<Ended<Done>, Done> { " + Run("Ended<Done>") + " } " +
            "public class Other : IJob<Order, Done> { " + Run("Order") + " }",
        """[Job(Name = "same")] public class [|One|] : IJob<Upload, Done> { """ + Run("Upload") + " } " +
            """[Job(Name = "same")] public class Two : IJob<Upload, Done> { """ + Run("Upload") + " }",
        "[After<Two>] public class [|One|] : IJob<Ended<Done>, Done> { " + Run("Ended<Done>") + " } " +
            "[After<One>] public class Two : IJob<Ended<Done>, Done> { " + Run("Ended<Done>") + " }",
        "[Submits<Queue>] public class [|One|] : IJob<Upload, Done> { " + Run("Upload") + " } " +
            "[OnQueue] public class Queue : IMessageHandler<Order> { " + Handle + " }",
    ];

    /// <summary>All of them, each as the source of a project.</summary>
    public static IEnumerable<string> All =>
    [
        .. Attributes.Select(one =>
            $"{one.Attributes} public sealed class LineCount : IJob<{one.Input}, Done> {{ {Run(one.Input)} }} " +
            $"public sealed class Other : IJob<Order, Done> {{ {Run("Order")} }}").Select(Whole),
        .. Handlers.Select(one => $"{one} public sealed class Welcome : IMessageHandler<Order> {{ {Handle} }}")
            .Concat(Classes).Concat(Together).Select(Whole),
    ];

    private static string Handle =>
        "public Task HandleAsync(Order message, MessageContext context, CancellationToken stop) => Task.CompletedTask;";

    private static string Run(string input) =>
        $"public Task<Done> RunAsync({input} input, JobContext job, CancellationToken stop) => null!;";

    private static string Whole(string classes) => $"""
        namespace Acme;
        public sealed record Order(int Id);
        public sealed record Done(int Lines);
        public sealed class Odd : Exception;
        {classes}
        """;
}
