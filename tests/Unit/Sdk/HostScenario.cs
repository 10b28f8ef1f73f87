using System.Text;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Standalone;
using Jobs.Testing;
using Jobs.Tests.InMemory;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>
/// A worker's process on ports in memory: one run, waiting with its input, and a job that does what the test says.
/// </summary>
internal sealed class HostScenario : IDisposable
{
    public const string Bucket = "runner";

    public const string Task = "arn:aws:ecs:eu-west-1:111122223333:task/jobs/1";

    private readonly CancellationTokenSource _sigterm = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public HostScenario()
    {
        Upload = Objects.Put(Bucket, "incoming/a.csv", "h\n1\n"u8.ToArray());
        Inputs[Launch.Run] = Upload.ToJson();
        Variables = new()
        {
            [EnvironmentNames.Job] = "scripted-job",
            [EnvironmentNames.RunId] = Launch.Run.ToString(),
            [EnvironmentNames.Launch] = "2",
            [EnvironmentNames.Bucket] = Bucket,
        };
        Ports = Records;
    }

    public ManualClock Clock { get; } = new();

    public InMemoryWorkerRecords Records { get; } = new();

    public InMemoryRunInputs Inputs { get; } = new();

    /// <summary>Why the run is being stopped; nothing is known of it unless the test says so.</summary>
    public InMemoryRunStops Stops { get; } = new();

    /// <summary>
    /// What the host asks for the reason; <see cref="Stops"/> unless the test puts something in its place.
    /// </summary>
    public IRunStops? StopsPort { get; set; }

    public InMemoryWorkerChildren RunChildren { get; } = new();

    public InMemoryObjects Objects { get; } = new();

    public LaunchId Launch { get; } = new(RunId.From("scripted-job", "one"), 2);

    public Upload Upload { get; }

    public Dictionary<string, string> Variables { get; }

    /// <summary>
    /// What the host writes records with; <see cref="Records"/> unless the test puts something before it.
    /// </summary>
    public IWorkerRecords Ports { get; set; }

    /// <summary>
    /// What the host reads the input with; <see cref="Inputs"/> unless the test puts something before it.
    /// </summary>
    public IRunInputs? InputsPort { get; set; }

    /// <summary>How children are reached; <see cref="RunChildren"/> unless the test puts something before it.</summary>
    public IWorkerChildren? ChildrenPort { get; set; }

    /// <summary>Where objects are; <see cref="Objects"/> unless the test puts something before it.</summary>
    public IObjects? ObjectsPort { get; set; }

    /// <summary>Who the process is to ECS: <see cref="Task"/>, unless the test puts something in its place.</summary>
    public ITaskMetadata Metadata { get; set; } = new FixedTask();

    public bool JobRan { get; private set; }

    public WorkerRecord Record => Records.Find(Launch.Run)!;

    public string Error => _error.ToString();

    public IReadOnlyList<string> OutputLines =>
        Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void SendSigterm() => _sigterm.Cancel();

    public Task<int> RunAsync(Func<JobContext, CancellationToken, Task<string>> script) =>
        RunAsync([], async (_, job, stop) => new ScriptedJob.Answer(await script(job, stop)));

    public Task<int> RunAsync(string[] args, ScriptedJob.Script script)
    {
        var builder = JobHost.CreateBuilder(args).AddJobs(typeof(HostScenario).Assembly);
        (builder.Variables, builder.Error, builder.Output) = (
            name => Variables.GetValueOrDefault(name), _error, () => _output);
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Ports)
            .AddSingleton(InputsPort ?? Inputs)
            .AddSingleton(StopsPort ?? Stops)
            .AddSingleton(ChildrenPort ?? RunChildren)
            .AddSingleton(ObjectsPort ?? Objects)
            .AddSingleton(Metadata)
            .AddSingleton<ScriptedJob.Script>((upload, job, stop) =>
            {
                JobRan = true;
                return script(upload, job, stop);
            });
        return builder.RunAsync(_sigterm.Token);
    }

    /// <summary>Lets time pass until the process has ended.</summary>
    public async Task<int> EndAsync(Task<int> running)
    {
        await Eventually.TrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });
        return await running;
    }

    public void Dispose() => _sigterm.Dispose();

    private sealed class FixedTask : ITaskMetadata
    {
        public Task<string> TaskArnAsync(CancellationToken cancellation) =>
            System.Threading.Tasks.Task.FromResult(Task);
    }
}
