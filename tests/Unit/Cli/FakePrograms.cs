using Jobs.Cli.Ports;

namespace Jobs.Tests.Unit.Cli;

/// <summary>Programs that do nothing but say with what they were called.</summary>
internal sealed class FakePrograms : IPrograms
{
    /// <summary>Each as it would be typed, behind the folder in which it would run.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>What a program does, and its exit code. Default: nothing, and 0.</summary>
    public Func<IReadOnlyList<string>, int> Does { get; set; } = _ => 0;

    /// <summary>What programs read on stdin.</summary>
    public List<string> Inputs { get; } = [];

    public Task<int> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        CancellationToken cancellation,
        string? input = null)
    {
        cancellation.ThrowIfCancellationRequested();
        Lines.Add($"{folder}: {program} {string.Join(' ', arguments)}");
        if (input is not null) Inputs.Add(input);
        return Task.FromResult(Does(arguments));
    }
}
