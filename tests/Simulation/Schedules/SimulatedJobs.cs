using Jobs.Core.Definitions;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>The jobs of the simulated stack: one for each thing a definition can say about its runs.</summary>
internal static class SimulatedJobs
{
    /// <summary>The one that takes messages from a queue; nobody uploads for it.</summary>
    public static JobDefinition Drain { get; } = new("drain") { TimeoutMinutes = 10, Queue = new QueueTrigger { MessagesPerTask = 10, MaxTasks = 3 } };

    public static JobCatalog Catalog { get; } = new(
    [
        new("urgent") { MaxConcurrent = 1, Uploads = [new UploadTrigger("in/", ".csv") { Priority = 3 }], Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 10 } },
        new("plain") { TimeoutMinutes = 10, Retry = new RetryPolicy { Attempts = 3, BackoffSeconds = 30, MaxBackoffSeconds = 300 } },
        new("capped") { TimeoutMinutes = 15, MaxConcurrent = 2, Retry = new RetryPolicy { Attempts = 3, BackoffSeconds = 20, MaxBackoffSeconds = 60 } },
        new("single") { TimeoutMinutes = 5, MaxConcurrent = 1, Spot = true, Cpu = 1024, MemoryMiB = 2048, Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 0 } },
        new("spot") { TimeoutMinutes = 10, Spot = true, StopTimeoutSeconds = 30, Retry = new RetryPolicy { Attempts = 4, BackoffSeconds = 10, MaxBackoffSeconds = 600 } },
        new("image") { TimeoutMinutes = 10, HasHost = false, Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 60 } },
        new("once") { TimeoutMinutes = 2, Cpu = 512, MemoryMiB = 1024, Retry = new RetryPolicy { Attempts = 1 } },
        new("growing") { MaxMemoryMiB = 2048, Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 15 } },
        new("hurried") { TimeoutMinutes = 10, RunTimeoutMinutes = 25, MaxConcurrent = 1, Retry = new RetryPolicy { Attempts = 5, BackoffSeconds = 60 } },
        new("stubborn")
        {
            TimeoutMinutes = 3,
            Retry = new RetryPolicy { Attempts = 3, BackoffSeconds = 5, Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut] }, NonRetryable = new RetryMatch { ExitCodes = [3] } },
        },
    ]);
}
