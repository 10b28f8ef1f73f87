using System.Diagnostics;
using Jobs.Core;

namespace Jobs.Aws;

/// <summary>
/// Lets a process wait for its debugger where the laptop was told to: functions and tasks are started by a stack, not
/// by a person.
/// </summary>
public static class DebuggerWait
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when a debugger is attached; at once where none is waited for.</summary>
    /// <param name="variables">The process's environment.</param>
    /// <param name="output">Told which process waits.</param>
    public static async Task IfAskedAsync(
        Func<string, string?> variables, TextWriter output, TimeProvider clock, CancellationToken cancellation)
    {
        if (variables(EnvironmentNames.Debug) != "1" || Debugger.IsAttached) return;
        await output.WriteLineAsync($"jobs: process {Environment.ProcessId} waits for a debugger.".AsMemory(), cancellation);
        while (!Debugger.IsAttached) await Task.Delay(Period, clock, cancellation);
    }
}
