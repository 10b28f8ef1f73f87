using Lapstack.Processes;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>A container that was started.</summary>
internal interface IContainer
{
    /// <summary>Completes when it has ended and its last line was delivered.</summary>
    Task<ChildExit> Exited { get; }

    /// <summary>Asks it to end, and ends it when the grace has passed. Returns when it has ended.</summary>
    Task StopAsync(TimeSpan grace);

    /// <summary>Ends it at once. Returns when it has ended.</summary>
    Task KillAsync();

    /// <summary>Runs a program beside it, with its files and variables, as a health check does.</summary>
    /// <returns>The exit code; null when the program had not ended by then, or could not be started.</returns>
    Task<int?> RunInsideAsync(IReadOnlyList<string> command, TimeSpan timeout);
}
