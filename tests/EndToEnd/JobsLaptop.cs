using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Local.Ground;
using Lapstack.Chaos;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// The running stack of jobs that do what a test wants, and what such a test needs: gates, time that passes, ticks.
/// </summary>
public class JobsLaptop : RunningLaptop
{
    public JobsLaptop()
        : this(new LaptopSettings { State = NewFolder() })
    {
    }

    internal JobsLaptop(LaptopSettings settings)
        : base(settings)
    {
    }

    internal JobsLaptop(ChaosOptions chaos)
        : this(new LaptopSettings { State = NewFolder(), Chaos = chaos })
    {
    }

    private protected override async Task<string?> CloudAssemblyAsync() => await TestStack.SynthesizeAsync();

    /// <summary>Uploads under the job's prefix and returns the run that the upload makes.</summary>
    internal async Task<RunId> StartAsync(string job, string name, string content = "")
    {
        await Laptop.S3.WriteTextAsync(Laptop.Bucket, $"gates/{job}/{name}", "closed");
        return await UploadAsync(job, $"{job}/{name}", content);
    }

    /// <summary>Waits until the launch's user code runs; returns its process id, or what else it wrote.</summary>
    internal Task<string> RunsAsync(string job, string name, int launch = 1) => WaitAsync(
        $"launch {launch} of {job}/{name} to run", () =>
            Laptop.S3.ReadTextAsync(Laptop.Bucket, $"running/{job}/{name}/{launch}"));

    internal Task OpenGateAsync(string job, string name) =>
        Laptop.S3.WriteTextAsync(Laptop.Bucket, $"gates/{job}/{name}", "open");

    /// <summary>The run once it is in the state; the tick runs meanwhile.</summary>
    internal Task<RunReading> UntilAsync(RunId id, RunState state) => WaitAsync($"run {id} to be {state}", async () =>
    {
        if (await ReadAsync(id) is { } reading
            && reading.Run.State == state
            && (!reading.Run.IsOver || reading.Run.Owed.IsEmpty))
        {
            return reading;
        }

        await DueNowAsync(id);
        await TickAsync();
        return null;
    });

    /// <summary>What the run is waiting for is over.</summary>
    internal Task DueNowAsync(RunId id) => Laptop.Runs.DueNowAsync(id);

    /// <summary>As if the run's current attempt had begun that much earlier.</summary>
    internal Task AgeAsync(RunId id, TimeSpan by) => Laptop.Runs.ChangeAsync(id, reading => reading.Run with
    {
        LaunchedAt = reading.Run.LaunchedAt - by,
        StartedAt = reading.Run.StartedAt - by,
        NextCheckAt = reading.Run.NextCheckAt - by,
    });

    /// <summary>What a cancellation writes; the tick, or any nudge, does the rest.</summary>
    internal Task CancelAsync(RunId id) => Laptop.Runs.ChangeAsync(id, reading =>
        RunLifecycle.Apply(
            reading.Run,
            new Fact.CancelRequested(),
            TimeProvider.System.GetUtcNow() - RunTimings.EffectGrace) with
        { Version = reading.Run.Version });

    /// <summary>Looks at the queues now, as each minute does.</summary>
    internal async Task BacklogAsync()
    {
        var url = new Uri(
            Laptop.Endpoint, $"/2015-03-31/functions/{Resource("JobsFunctionsOnBacklogFunction")}/invocations");
        using var answer = await Http.PostAsync(url, new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"), await answer.Content.ReadAsStringAsync());
    }

    internal async Task StopTaskAsync(string taskArn)
    {
        using var ecs = NewEcs();
        await ecs.StopTaskAsync(
            new StopTaskRequest { Cluster = Laptop.Output(OutputNames.Cluster), Task = taskArn, Reason = "a test" });
    }

    internal async Task<IReadOnlyList<Amazon.ECS.Model.Task>> TasksAsync()
    {
        using var ecs = NewEcs();
        return await ecs.TasksAsync(Laptop.Output(OutputNames.Cluster));
    }

    internal async Task InterruptAsync(string taskArn)
    {
        using var answer = await Http.PostAsync(new Uri(Laptop.Endpoint, $"/_spot/{taskArn.Split('/')[^1]}"), null);
        answer.EnsureSuccessStatusCode();
    }

    internal static int ProcessId(string written) => int.Parse(written, CultureInfo.InvariantCulture);

    internal static string Result(RunReading reading) =>
        JsonSerializer.Deserialize<string>(reading.Worker!.ResultJson!)!;

    internal static string NewFolder() => Directory.CreateTempSubdirectory("jobs-e2e-").FullName;

    internal Task<RunReading?> ReadAsync(RunId id) => Laptop.Runs.ReadAsync(id, CancellationToken.None);

    private AmazonECSClient NewEcs() => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonECSConfig { ServiceURL = Laptop.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
}
