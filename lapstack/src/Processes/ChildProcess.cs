using System.Diagnostics;

namespace Lapstack.Processes;

/// <summary>
/// A program running as a group of its own. When it ends, for whatever reason, everything it started is killed
/// with it, as the end of a container's first process ends the container.
/// </summary>
public sealed class ChildProcess
{
    private static readonly TimeSpan MemoryPollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A descendant that left the group may hold the output open; its output is not waited for longer than this.
    /// </summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly IProcessGroup _group;
    private readonly ProcessLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly Func<string, Task> _onLine;
    private volatile bool _outOfMemory;

    /// <summary>From then on the id may be another process's, and <see cref="_process"/> may be disposed.</summary>
    private volatile bool _ended;

    private ChildProcess(Process process, ChildProcessStart start, ProcessLedger ledger, TimeProvider clock)
    {
        (_process, _ledger, _clock, _onLine) = (process, ledger, clock, start.OnLine);
        Id = process.Id;
        _group = Platform.Current.GroupOf(process);
        ledger.Add(Id, _group);
        Exited = WatchAsync(start.MemoryLimitBytes);
    }

    public int Id { get; }

    /// <summary>Completes when the process has ended, its group is gone and its last line was delivered.</summary>
    public Task<ChildExit> Exited { get; }

    /// <summary>Starts the program.</summary>
    /// <exception cref="ProgramNotFoundException">There is no such program, or no such working directory.</exception>
    public static ChildProcess Start(ChildProcessStart start, ProcessLedger ledger, TimeProvider clock)
    {
        if (!Directory.Exists(start.WorkingDirectory))
            throw new ProgramNotFoundException(
                $"The working directory {start.WorkingDirectory} of {start.FileName} does not exist.");

        var program = Executable.Find(
            start.FileName, start.WorkingDirectory, start.Environment.GetValueOrDefault("PATH", ""))
                ?? throw new ProgramNotFoundException(
                    $"{start.FileName} is no executable file in {start.WorkingDirectory} or on the PATH.");

        var info = Platform.Current.Describe(program, start.Arguments);
        info.WorkingDirectory = start.WorkingDirectory;
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment) info.Environment[name] = value;

        var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        return new ChildProcess(process, start, ledger, clock);
    }

    /// <summary>Asks the program itself to end: SIGTERM, or Ctrl+Break on Windows.</summary>
    public void Terminate()
    {
        if (!_ended) _group.Terminate();
    }

    /// <summary>Ends the program and everything it started, at once.</summary>
    public void Kill()
    {
        if (!_ended) _group.Kill();
    }

    /// <summary>Asks it to end, and ends it when the grace has passed.</summary>
    public async Task<ChildExit> StopAsync(TimeSpan grace)
    {
        Terminate();
        return await EndWithinAsync(grace) ?? await Exited;
    }

    /// <summary>Ends it when the time has passed.</summary>
    /// <returns>Null when it did not end by itself.</returns>
    public async Task<ChildExit?> EndWithinAsync(TimeSpan time)
    {
        try
        {
            return await Exited.WaitAsync(time, _clock);
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
            return null;
        }
    }

    private async Task<ChildExit> WatchAsync(long? memoryLimit)
    {
        using var ended = new CancellationTokenSource();
        using var oneLine = new SemaphoreSlim(1);
        var output = Task.WhenAll(
            LineSplitter.ReadAsync(
                _process.StandardOutput.BaseStream, line => DeliverAsync(line, oneLine), ended.Token),
            LineSplitter.ReadAsync(
                _process.StandardError.BaseStream, line => DeliverAsync(line, oneLine), ended.Token));
        var watchdog = memoryLimit is { } limit ? WatchMemoryAsync(limit, ended.Token) : Task.CompletedTask;

        await _process.WaitForExitAsync(CancellationToken.None);
        _ended = true;
        _group.KillRest();
        ended.CancelAfter(OutputGrace);
        await Task.WhenAny(output, Task.Delay(OutputGrace, TimeProvider.System, CancellationToken.None));
        await ended.CancelAsync();
        await Task.WhenAll(Quietly(watchdog), Quietly(output));

        _ledger.Remove(Id);
        var exit = new ChildExit(_process.ExitCode, _outOfMemory);
        _group.Dispose();
        _process.Dispose();
        return exit;
    }

    private async Task WatchMemoryAsync(long limit, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(MemoryPollInterval, _clock);
        while (await timer.WaitForNextTickAsync(ended))
        {
            if (_group.MemoryBytes() <= limit) continue;
            _outOfMemory = true;
            Kill();
            return;
        }
    }

    private async Task DeliverAsync(string line, SemaphoreSlim oneLine)
    {
        await oneLine.WaitAsync();
        try
        {
            await _onLine(line);
        }
        finally
        {
            oneLine.Release();
        }
    }

    /// <summary>Waits for a task whose cancellation, or whose broken pipe, is the expected end.</summary>
    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }
}
