using Jobs.Cli.Ports;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Cli;

/// <summary>A machine and an account where all is well, until a test says otherwise.</summary>
internal sealed class FakeSurroundings : ISurroundings
{
    public string Where => "eu-central-1";

    public bool IsLaptop { get; set; }

    /// <summary>Null: Docker is not there.</summary>
    public DockerEngine? Docker { get; set; } = new("29.0.1", null);

    /// <summary>Null: the stack is not synthesized.</summary>
    public Func<StackNeeds?> Synthesized { get; set; } = () => new StackNeeds(
        "infra-cdk/cdk.out", 22,
        [
            new JobDefinition("csv-import") { Cpu = 1_024 },
            new JobDefinition("queue-worker") { Cpu = 512, Spot = true, Queue = new QueueTrigger { MaxTasks = 4 } }
        ], null, "/cdk-bootstrap/hnb659fds/version", 6);

    public Exception? Stranger { get; set; }

    public TimeSpan Skew { get; set; }

    public string Status { get; set; } = "CREATE_COMPLETE";

    public List<string> Faults { get; } = [];

    public Dictionary<string, string?> Versions { get; } = new() { ["dotnet"] = "10.0.401", ["node"] = "v20.1.0" };

    public Task<string> IdentityAsync(CancellationToken cancellation) =>
        Stranger is { } e ? Task.FromException<string>(e) : Task.FromResult("arn:aws:iam::123456789012:user/ada");

    public Task<string> StackStatusAsync(string stack, CancellationToken cancellation) => Task.FromResult(Status);

    public Task<TimeSpan> ClockSkewAsync(CancellationToken cancellation) => Task.FromResult(Skew);

    public Task<IReadOnlyList<string>> TableFaultsAsync(
        string table, IReadOnlyCollection<string> indexes, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. Faults.Where(fault => fault.StartsWith(table, StringComparison.Ordinal))]);

    /// <summary>What buckets say of their events; null: there is none of this name.</summary>
    public Dictionary<string, bool?> Events { get; } = [];

    public Task<bool?> SendsEventsAsync(string bucket, CancellationToken cancellation) =>
        Task.FromResult(Events.GetValueOrDefault(bucket, true));

    public Task<string?> VersionOfAsync(string program, CancellationToken cancellation) =>
        Task.FromResult(Versions[program]);

    public Task<DockerEngine?> DockerEngineAsync(CancellationToken cancellation) => Task.FromResult(Docker);

    public string App(string? named) => named ?? "infra-cdk";

    public StackNeeds? Needs(string app) => Synthesized();
}
