using Jobs.Core.Workers;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// Notes in the record how the process dies, as long as it can still write: an exception that no thread caught, or an
/// exit that the job called. Without it the last lines would be in the log alone. A process that is killed, or fails
/// fast, notes nothing.
/// </summary>
internal sealed class CrashNote : IDisposable
{
    /// <summary>A dying process waits no longer for its note.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>SIGABRT, by which .NET ends a process on Linux that no thread's handler saved.</summary>
    private const int Aborted = 128 + 6;

    private readonly WorkerSettings _settings;
    private readonly IWorkerRecords _records;
    private readonly JobLog _log;
    private readonly RunLabels _labels;
    private readonly Secrets _secrets;
    private readonly TimeProvider _clock;
    private int _noted;

    public CrashNote(
        WorkerSettings settings, IWorkerRecords records, JobLog log, RunLabels labels, Secrets secrets,
        TimeProvider clock)
    {
        (_settings, _records, _log, _labels, _secrets, _clock) = (settings, records, log, labels, secrets, clock);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
    }

    /// <summary>Writes once, and never throws: the process dies anyway.</summary>
    /// <param name="exitCode">What the runtime ends the process with.</param>
    internal async Task NoteAsync(Exception thrown, int exitCode)
    {
        if (Interlocked.Exchange(ref _noted, 1) == 1) return;
        using var patience = new CancellationTokenSource(Patience, _clock);
        try
        {
            var error = Ending.Describe(thrown, _secrets, retryable: true);
            var outcome = new WorkerOutcome(exitCode) { Error = error, Labels = _labels.Added, LogTail = _log.Tail };
            var writing = _records.CompleteAsync(_settings.Launch, _clock.GetUtcNow(), outcome, patience.Token);
            await writing.WaitAsync(patience.Token);
        }
#pragma warning disable CA1031 // The exit code tells of the death, if nothing else does.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e) => Wait(
        e.ExceptionObject as Exception ?? new InvalidOperationException($"No exception, but {e.ExceptionObject}"),
        Aborted);

    private void OnExit(object? sender, EventArgs e) => Wait(
        new InvalidOperationException(
            "The process was ended from within before the job was done, as by Environment.Exit. Let it return or " +
            "throw."),
        Environment.ExitCode);

    // On the pool: the dying thread may have a synchronization context of its own.
    private void Wait(Exception thrown, int exitCode) =>
        Task.Run(() => NoteAsync(thrown, exitCode)).GetAwaiter().GetResult();
}
