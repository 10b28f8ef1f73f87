using System.Text;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Standalone;
using Jobs.Testing;
using Jobs.Tests.InMemory;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>A worker's process with a queue in memory: a run that drains it, or a service's task.</summary>
internal sealed class QueueHostScenario : IDisposable
{
    public const string Bucket = "runner";

    public const string Task = "arn:aws:ecs:eu-west-1:111122223333:task/jobs/1";

    private readonly CancellationTokenSource _sigterm = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    public QueueHostScenario(bool service = false, string job = "counted-handler")
    {
        Launch = new(RunId.From(job, "one"), 1);
        Queue = new InMemoryMessageQueue(Clock);
        Variables = new()
        {
            [EnvironmentNames.Job] = job,
            [EnvironmentNames.Bucket] = Bucket,
            [EnvironmentNames.Queue] = "https://queue",
        };
        if (service) return;
        Variables[EnvironmentNames.RunId] = Launch.Run.ToString();
        Variables[EnvironmentNames.Launch] = "1";
    }

    public ManualClock Clock { get; } = new();

    public InMemoryMessageQueue Queue { get; }

    public InMemoryWorkerRecords Records { get; } = new();

    public InMemoryObjects Objects { get; } = new();

    public InMemoryWorkerChildren RunChildren { get; } = new();

    public RecordedProtection Protection { get; } = new();

    public LaunchId Launch { get; }

    public Dictionary<string, string> Variables { get; }

    public string Error => _error.ToString();

    public WorkerRecord? Record => Records.Find(Launch.Run);

    public IReadOnlyList<JsonElement> Lines
    {
        get
        {
            lock (_output) return [.. Encoding.UTF8.GetString(_output.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        }
    }

    public void SendSigterm() => _sigterm.Cancel();

    public Task<int> RunAsync(CountedHandler.Script script) => StartAsync(services => services.AddSingleton(script));

    public Task<int> RunAsync(CountedUploads.Script script) => StartAsync(services => services.AddSingleton(script));

    private Task<int> StartAsync(Action<IServiceCollection> addScript)
    {
        var builder = JobHost.CreateBuilder([]).AddJobs(typeof(QueueHostScenario).Assembly);
        (builder.Variables, builder.Error, builder.Output) = (
            name => Variables.GetValueOrDefault(name), _error, () => _output);
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IWorkerRecords>(Records)
            .AddSingleton<IRunInputs>(new InMemoryRunInputs())
            .AddSingleton<IRunStops>(new InMemoryRunStops())
            .AddSingleton<IObjects>(Objects)
            .AddSingleton<IWorkerChildren>(RunChildren)
            .AddSingleton<IMessageQueue>(Queue)
            .AddSingleton<ITaskProtection>(Protection)
            .AddSingleton<ITaskMetadata>(new FixedTask());
        addScript(builder.Services);
        return System.Threading.Tasks.Task.Run(() => builder.RunAsync(_sigterm.Token));
    }

    /// <summary>Lets time pass until the process has ended.</summary>
    public async Task<int> EndAsync(Task<int> running)
    {
        while (!running.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return await running;
    }

    public void Dispose() => _sigterm.Dispose();

    private sealed class FixedTask : ITaskMetadata
    {
        public Task<string> TaskArnAsync(CancellationToken cancellation) =>
            System.Threading.Tasks.Task.FromResult(Task);
    }
}
