using Jobs.Cli.Ports;

namespace Jobs.Tests.Unit.Cli;

/// <summary>A machine and an account where all is well, until a test says otherwise.</summary>
internal sealed class FakeSurroundings : ISurroundings
{
    public string Where => "eu-central-1";

    public bool IsLaptop => false;

    public TimeSpan Skew { get; set; }

    public string Status { get; set; } = "CREATE_COMPLETE";

    public List<string> Faults { get; } = [];

    public Dictionary<string, string?> Versions { get; } = new() { ["dotnet"] = "10.0.401", ["node"] = "v20.1.0" };

    public Task<string> IdentityAsync(CancellationToken cancellation) => Task.FromResult("arn:aws:iam::123456789012:user/ada");

    public Task<string> StackStatusAsync(string stack, CancellationToken cancellation) => Task.FromResult(Status);

    public Task<TimeSpan> ClockSkewAsync(CancellationToken cancellation) => Task.FromResult(Skew);

    public Task<IReadOnlyList<string>> TableFaultsAsync(string table, IReadOnlyCollection<string> indexes, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. Faults.Where(fault => fault.StartsWith(table, StringComparison.Ordinal))]);

    public Task<string?> VersionOfAsync(string program, CancellationToken cancellation) => Task.FromResult(Versions[program]);
}
